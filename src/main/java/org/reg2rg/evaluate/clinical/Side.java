package org.reg2rg.evaluate.clinical;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The side of the body that a sentence speaks of. */
public enum Side {
    LEFT,
    RIGHT;

    private static final Pattern BOTH = Pattern.compile("\\b(bilateral(ly)?|both)\\b");
    private static final Pattern LEFT_WORD = Pattern.compile("\\bleft\\b|\\blingula");
    private static final Pattern RIGHT_WORD = Pattern.compile("\\bright\\b");

    /** The sides named; none where the sentence names none. */
    public static Set<Side> of(String sentence) {
        String lower = sentence.toLowerCase(Locale.ROOT);
        var sides = EnumSet.noneOf(Side.class);
        boolean both = BOTH.matcher(lower).find();
        if (both || LEFT_WORD.matcher(lower).find()) {
            sides.add(LEFT);
        }
        if (both || RIGHT_WORD.matcher(lower).find()) {
            sides.add(RIGHT);
        }
        return Collections.unmodifiableSet(sides);
    }
}
