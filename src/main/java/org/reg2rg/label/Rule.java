package org.reg2rg.label;

import java.util.Set;
import org.reg2rg.report.Finding;

/**
 * One rule of a {@link RuleBook}: words that name a finding, and where in the body they must stand.
 *
 * @param finding what it finds
 * @param name how it calls itself in an explanation
 * @param organs the organs it holds for, nearest to the words; empty for any
 * @param strict whether an organ must be named in this or an earlier sentence; else an unknown place is accepted
 * @param needsCompany whether one of the rule's {@code with} phrases must stand in the same statement
 */
record Rule(Finding finding, String name, Set<String> organs, boolean strict, boolean needsCompany) {
    boolean holdsIn(Set<String> places) {
        if (organs.isEmpty() || (places.isEmpty() && !strict)) {
            return true;
        }
        return places.stream().anyMatch(organs::contains);
    }
}
