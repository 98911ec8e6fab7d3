package org.reg2rg.ct.dicom;

import java.util.List;

/**
 * All images of one series.
 *
 * @param facts from its first file
 * @param slices those that can be read, in the order of the files
 * @param files how many files it has
 * @param problems why files gave no slice, each reason once with its count
 */
record Series(SeriesFacts facts, List<Slice> slices, int files, List<String> problems) {
    Series {
        slices = List.copyOf(slices);
        problems = List.copyOf(problems);
    }

    String uid() {
        return facts.identity().uid();
    }
}
