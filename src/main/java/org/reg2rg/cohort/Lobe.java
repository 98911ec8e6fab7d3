package org.reg2rg.cohort;

/** The five lobes of the lungs. */
public enum Lobe {
    RIGHT_UPPER("upper lobe of the right lung", "right lung upper lobe", Side.RIGHT),
    RIGHT_MIDDLE("middle lobe of the right lung", "right lung middle lobe", Side.RIGHT),
    RIGHT_LOWER("lower lobe of the right lung", "right lung lower lobe", Side.RIGHT),
    LEFT_UPPER("upper lobe of the left lung", "left lung upper lobe", Side.LEFT),
    LEFT_LOWER("lower lobe of the left lung", "left lung lower lobe", Side.LEFT);

    private final String words;
    private final String shortWords;
    private final Side side;

    Lobe(String words, String shortWords, Side side) {
        this.words = words;
        this.shortWords = shortWords;
        this.side = side;
    }

    /** "upper lobe of the right lung". */
    public String words() {
        return words;
    }

    /** "right lung upper lobe". */
    public String shortWords() {
        return shortWords;
    }

    public Side side() {
        return side;
    }
}
