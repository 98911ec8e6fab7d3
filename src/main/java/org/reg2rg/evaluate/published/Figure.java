package org.reg2rg.evaluate.published;

/**
 * One published figure.
 *
 * @param published as it is printed
 * @param recomputed with as many digits, or empty where it cannot be recomputed
 * @param remark why it differs or cannot be recomputed; empty where it is equal
 */
record Figure(String name, String published, String recomputed, String remark) {
    boolean equal() {
        return published.equals(recomputed);
    }

    String verdict() {
        if (recomputed.isEmpty()) {
            return "not recomputed: " + remark;
        }
        return equal() ? "equal" : "differs" + (remark.isEmpty() ? "" : ": " + remark);
    }
}
