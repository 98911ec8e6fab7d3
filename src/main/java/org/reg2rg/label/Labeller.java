package org.reg2rg.label;

/** Reads a report and says which of the 18 findings it states. */
@FunctionalInterface
public interface Labeller {
    /** The labels of one report; a text without findings gives eighteen negative ones. */
    Labels label(String report);
}
