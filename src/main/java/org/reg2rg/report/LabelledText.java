package org.reg2rg.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a labeller read out of one text.
 *
 * @param present the findings that the text asserts
 * @param sentences for a finding, the sentence that decided (for or against it); a labeller that cannot tell, such as
 *     a network or a label file, leaves it out
 */
public record LabelledText(Set<Finding> present, Map<Finding, String> sentences) {
    public LabelledText {
        present = present.isEmpty()
                ? Collections.unmodifiableSet(EnumSet.noneOf(Finding.class))
                : Collections.unmodifiableSet(EnumSet.copyOf(present));
        sentences = sentences.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(sentences));
    }

    /** Labels without the sentences behind them. */
    public static LabelledText of(Set<Finding> present) {
        return new LabelledText(present, Map.of());
    }

    public boolean has(Finding finding) {
        return present.contains(finding);
    }
}
