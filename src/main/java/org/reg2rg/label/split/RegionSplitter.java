package org.reg2rg.label.split;

import java.util.List;

/** Gives each sentence of a free chest report its region. */
@FunctionalInterface
public interface RegionSplitter {
    /**
     * Places the sentences of one report. What comes back are the same sentences in the same order, none added, none
     * missing, none changed.
     */
    PlacedReport place(List<String> sentences);
}
