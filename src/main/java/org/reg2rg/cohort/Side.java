package org.reg2rg.cohort;

import java.util.Locale;

/** The patient's side. */
public enum Side {
    RIGHT,
    LEFT,
    BOTH,
    MIDDLE;

    /** "right". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Side of(double x) {
        return x < 0 ? RIGHT : LEFT;
    }

    /** −1 right, +1 left. */
    int sign() {
        return this == RIGHT ? -1 : 1;
    }
}
