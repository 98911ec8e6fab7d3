package org.reg2rg.label;

import org.reg2rg.report.Finding;

/**
 * Why a finding got its label.
 *
 * @param finding the finding
 * @param verdict what is held of it
 * @param sentence the sentence that decided, as it stands in the report; empty where none speaks of the finding or the
 *     labeller cannot tell
 * @param matched the words in that sentence that matched
 * @param rule the name of the rule that matched them
 * @param reason the words that negate, doubt, date or place them; empty where nothing does
 */
public record Decision(Finding finding, Verdict verdict, String sentence, String matched, String rule, String reason) {

    /** A decision without a sentence. */
    public static Decision bare(Finding finding, boolean positive) {
        return new Decision(finding, positive ? Verdict.PRESENT : Verdict.NOT_MENTIONED, "", "", "", "");
    }

    /** The explanation on one line: {@code present: "effusion" (rule "pleural fluid") in "…"}. */
    public String explain() {
        if (matched.isEmpty()) {
            return verdict.words();
        }
        String because = reason.isEmpty() ? "" : ", because of \"" + reason + "\"";
        return verdict.words() + ": \"" + matched + "\" (rule \"" + rule + "\")" + because + " in \"" + sentence + "\"";
    }
}
