package org.reg2rg.report;

import java.util.List;

/** Reads the 18 findings out of report texts: the built-in rules, or the published network. */
public interface ReportLabeller {
    /** Which labeller this is, as the outputs name it ("rules", "RadBERT of folder …"). */
    String name();

    /**
     * One answer a text, in the order of the texts. Called with some hundred texts at a time, from one thread; the
     * labeller may use more threads itself, as long as its answers do not depend on them.
     */
    List<LabelledText> label(List<String> texts);
}
