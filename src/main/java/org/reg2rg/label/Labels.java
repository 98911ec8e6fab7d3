package org.reg2rg.label;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.reg2rg.report.Finding;

/** The 18 labels of one report: a decision for every finding. */
public record Labels(Map<Finding, Decision> decisions) {
    public Labels {
        if (decisions.size() != Finding.values().length) {
            throw new IllegalArgumentException("a decision for each of the " + Finding.values().length
                    + " findings is needed, got " + decisions.size());
        }
        decisions = Collections.unmodifiableMap(new EnumMap<>(decisions));
    }

    /** Whether the label of this finding is 1. */
    public boolean has(Finding finding) {
        return decision(finding).verdict().positive();
    }

    /** Why. */
    public Decision decision(Finding finding) {
        Decision decision = decisions.get(finding);
        if (decision == null) {
            throw new IllegalStateException("no decision on " + finding);
        }
        return decision;
    }
}
