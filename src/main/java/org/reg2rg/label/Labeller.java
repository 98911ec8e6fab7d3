package org.reg2rg.label;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.reg2rg.report.Finding;
import org.reg2rg.report.LabelledText;
import org.reg2rg.report.ReportLabeller;

/** Reads reports and says which of the 18 findings each states, and why. */
public interface Labeller extends ReportLabeller, AutoCloseable {
    /** The labels of every report, in order; a text without findings gives eighteen negative ones. */
    List<Labels> readAll(List<String> reports);

    /** Gives back what the labeller holds; the rules hold nothing. */
    @Override
    default void close() {}

    @Override
    default List<LabelledText> label(List<String> texts) {
        var answers = new ArrayList<LabelledText>();
        for (Labels labels : readAll(texts)) {
            var present = EnumSet.noneOf(Finding.class);
            Map<Finding, String> sentences = new EnumMap<>(Finding.class);
            labels.decisions().forEach((finding, decision) -> {
                if (labels.has(finding)) {
                    present.add(finding);
                }
                if (!decision.sentence().isEmpty()) {
                    sentences.put(finding, decision.sentence());
                }
            });
            answers.add(new LabelledText(present, sentences));
        }
        return List.copyOf(answers);
    }
}
