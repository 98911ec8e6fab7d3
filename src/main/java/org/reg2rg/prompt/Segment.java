package org.reg2rg.prompt;

/** A piece of a prompt. A prompt is a list of these; its text, its ids and its splice are three switches over it. */
public sealed interface Segment {
    /** Plain text. Each is tokenised on its own, as the published data sets do. */
    record Words(String text) implements Segment {}

    /** The place of the whole volume's visual tokens. */
    record GlobalSlot() implements Segment {}

    /** The place of the visual tokens of the region that was put into this slot, counted from 0. */
    record RegionSlot(int index) implements Segment {
        public RegionSlot {
            if (index < 0) {
                throw new IllegalArgumentException("slot " + index);
            }
        }
    }
}
