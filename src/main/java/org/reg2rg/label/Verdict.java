package org.reg2rg.label;

import java.util.Locale;

/** What a labeller holds of one finding in one report. Only {@link #PRESENT} and {@link #UNCERTAIN} count as 1. */
public enum Verdict {
    /** Stated as seen. */
    PRESENT,
    /** Stated as possible ("may be compatible with", "?"); counts as 1, as the labels of CT-RATE do. */
    UNCERTAIN,
    /** Named, and stated as not seen. */
    ABSENT,
    /** Named as something of the past that is gone, or as the reason for the examination. */
    HISTORY,
    /** The words occur, but for another part of the body or another thing. */
    OTHER_PLACE,
    /** Not spoken of. */
    NOT_MENTIONED;

    /** The name in plain words: "not mentioned". */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether the label is 1. */
    public boolean positive() {
        return this == PRESENT || this == UNCERTAIN;
    }
}
