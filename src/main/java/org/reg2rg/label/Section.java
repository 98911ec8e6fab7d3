package org.reg2rg.label;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.reg2rg.report.SentenceSplitter.Sentence;

/** The part of a report that a sentence stands in: what a referring doctor wrote is not a finding. */
enum Section {
    HISTORY,
    FINDINGS;

    private static final int LONGEST_HEADING = 40;
    private static final Set<String> HISTORY_HEADINGS = Set.of(
            "history",
            "clinical history",
            "clinical information",
            "clinical info",
            "clinical data",
            "clinical details",
            "clinical indication",
            "clinical question",
            "indication",
            "indications",
            "indication for exam",
            "reason for exam",
            "reason for examination",
            "reason for study",
            "medical history",
            "past medical history",
            "clinic");

    /**
     * The section of every sentence. A history lasts from its heading to the next heading or to the end of its line; in
     * a text without lines and later headings it is one sentence.
     */
    static List<Section> of(String report, List<Sentence> sentences) {
        var sections = new Section[sentences.size()];
        Arrays.fill(sections, FINDINGS);
        for (int i = 0; i < sections.length; i++) {
            if (isHistory(sentences.get(i).text())) {
                Arrays.fill(sections, i, endOfHistory(report, sentences, i), HISTORY);
            }
        }
        return List.of(sections);
    }

    private static int endOfHistory(String report, List<Sentence> sentences, int first) {
        int content = sentences.get(first).text().endsWith(":") ? first + 1 : first;
        int[] points = report.codePoints().toArray();
        for (int next = content + 1; next < sentences.size(); next++) {
            boolean newLine = IntStream.range(
                            sentences.get(next - 1).end(), sentences.get(next).start())
                    .anyMatch(i -> points[i] == '\n');
            if (newLine || !heading(sentences.get(next).text()).isEmpty()) {
                return next;
            }
        }
        return Math.min(content + 1, sentences.size());
    }

    private static boolean isHistory(String sentence) {
        return HISTORY_HEADINGS.contains(heading(sentence));
    }

    /** What stands before a colon near the start, in lower case; empty where there is none. */
    private static String heading(String sentence) {
        int colon = sentence.indexOf(':');
        return colon < 0 || colon > LONGEST_HEADING
                ? ""
                : sentence.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }
}
