package org.reg2rg.report;

/** What a reader must know about one region of a report; the texts are part of the report.json contract. */
public enum Flag {
    EMPTY_MASK("empty mask"),
    MASK_TOUCHES_BORDER("mask touches border"),
    IMPLAUSIBLE_VOLUME("implausible volume"),
    MASK_DOUBTFUL("mask doubtful"),
    REGION_NOT_RECOGNISED("region not recognised"),
    REGION_DISAGREES("region disagrees"),
    REGION_NAMED_TWICE("region named twice"),
    SLOT_ANSWERED_TWICE("slot answered twice"),
    NO_TEXT("no text"),
    TEXT_CUT("text cut"),
    UNFAMILIAR("unfamiliar");

    private final String text;

    Flag(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
