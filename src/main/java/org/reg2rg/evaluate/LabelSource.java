package org.reg2rg.evaluate;

import org.reg2rg.evaluate.read.LabelFile;
import org.reg2rg.report.ReportLabeller;

/** Where the 18 labels of a text come from. */
public sealed interface LabelSource {
    /** What the outputs say of it. */
    String describe();

    /** A labeller that reads the texts. */
    record Reader(ReportLabeller labeller) implements LabelSource {
        @Override
        public String describe() {
            return labeller.name();
        }
    }

    /** Labels made elsewhere, of whole reports only. */
    record Given(LabelFile file) implements LabelSource {
        @Override
        public String describe() {
            return "file " + file.file().getFileName();
        }
    }

    /** No labels: text scores only. */
    record None() implements LabelSource {
        @Override
        public String describe() {
            return "none";
        }
    }
}
