package org.reg2rg.cohort;

import java.util.List;
import java.util.Set;

/**
 * One sentence of a true report.
 *
 * @param states the findings that it says are there; empty for a sentence about what is normal
 */
public record Statement(String text, Set<FindingType> states) {
    public Statement {
        states = Set.copyOf(states);
    }

    static Statement normal(String text) {
        return new Statement(text, Set.of());
    }

    static Statement of(FindingType type, String text) {
        return new Statement(text, Set.of(type));
    }

    /** The sentences one after the other, as a row of the report table has them. */
    public static String join(List<Statement> statements) {
        return String.join(" ", statements.stream().map(Statement::text).toList());
    }
}
