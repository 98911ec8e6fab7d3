package org.reg2rg.recipe;

import java.io.IOException;
import java.util.List;

/** One part of the program that can be measured. */
interface BenchmarkPart {
    /** How large the generated input is: seconds on a laptop, or the real dimensions. */
    enum Size {
        TINY,
        FULL
    }

    /** Measures; every value is from a run of its own. */
    List<Measurement> run(Size size, int repeats) throws IOException;
}
