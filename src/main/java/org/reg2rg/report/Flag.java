package org.reg2rg.report;

/**
 * What a reader must know about one region of a report. The texts are part of the report.json contract; the words are for people who
 * read the report itself.
 */
public enum Flag {
    EMPTY_MASK("empty mask", "the mask is empty"),
    MASK_TOUCHES_BORDER("mask touches border", "reaches the edge of the scan"),
    IMPLAUSIBLE_VOLUME("implausible volume", "unusual volume"),
    MASK_DOUBTFUL("mask doubtful", "outline doubtful"),
    REGION_NOT_RECOGNISED("region not recognised", "not recognised by the model"),
    REGION_DISAGREES("region disagrees", "taken for another region"),
    REGION_NAMED_TWICE("region named twice", "name given to two regions"),
    SLOT_ANSWERED_TWICE("slot answered twice", "the model answered twice"),
    NO_TEXT("no text", "the model wrote nothing"),
    TEXT_CUT("text cut", "the text breaks off"),
    UNFAMILIAR("unfamiliar", "unfamiliar CT");

    private final String text;
    private final String words;

    Flag(String text, String words) {
        this.text = text;
        this.words = words;
    }

    public String text() {
        return text;
    }

    /** What it means, in a few words. */
    public String words() {
        return words;
    }
}
