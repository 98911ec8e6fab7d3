package org.reg2rg.label;

/** What a phrase of a {@link RuleBook} means where it is found. */
sealed interface Meaning {
    /** Words that name a finding. */
    record Find(Rule rule) implements Meaning {}

    /** Words of which a find is only a part, and which mean something else ("thyroid nodule"). */
    record Except(Rule rule) implements Meaning {}

    /** Words that take a rule's force in their statement. */
    record Unless(Rule rule) implements Meaning {}

    /** Words that a rule needs in the same statement. */
    record With(Rule rule) implements Meaning {}

    /** A part of the body; a vague one ("segment") is a part of several organs, and gives way to an organ named near it. */
    record Organ(String name, boolean vague) implements Meaning {}

    /** Words that change what is said about a finding. */
    record Cue(Kind kind) implements Meaning {}

    /** The kinds of cues; "before" ones act on what follows them, "after" ones on what stands before them. */
    enum Kind {
        NO_BEFORE,
        NO_AFTER,
        /** Looks like a negation but is none ("no change"). */
        VOID,
        DOUBT_BEFORE,
        DOUBT_AFTER,
        PAST_BEFORE,
        PAST_AFTER,
        /** Ends the reach of every other cue. */
        BREAK
    }
}
