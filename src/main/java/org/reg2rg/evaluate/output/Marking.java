package org.reg2rg.evaluate.output;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.reg2rg.evaluate.clinical.Side;
import org.reg2rg.evaluate.text.PythonText;
import org.reg2rg.report.Finding;
import org.reg2rg.report.LabelledText;

/** Which sentences of two texts agree and which contradict each other, by the findings that they decide. */
final class Marking {
    private final Map<String, Mark> reference = new HashMap<>();
    private final Map<String, Mark> prediction = new HashMap<>();

    /** What a sentence is to the other text; the worse mark wins where a sentence decides several findings. */
    enum Mark {
        NONE(""),
        AGREES("agrees"),
        OMITTED("not in the prediction"),
        INVENTED("not in the reference"),
        CONTRADICTS("contradicts");

        private final String title;

        Mark(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    Marking(LabelledText wanted, LabelledText given) {
        for (Finding finding : Finding.values()) {
            String wantedSentence = wanted.sentences().getOrDefault(finding, "");
            String givenSentence = given.sentences().getOrDefault(finding, "");
            boolean inReference = wanted.has(finding);
            boolean inPrediction = given.has(finding);
            if (inReference && inPrediction) {
                Mark mark = sidesMeet(wantedSentence, givenSentence) ? Mark.AGREES : Mark.CONTRADICTS;
                put(reference, wantedSentence, mark);
                put(prediction, givenSentence, mark);
            } else if (inReference) {
                put(reference, wantedSentence, givenSentence.isEmpty() ? Mark.OMITTED : Mark.CONTRADICTS);
                put(prediction, givenSentence, Mark.CONTRADICTS);
            } else if (inPrediction) {
                put(prediction, givenSentence, wantedSentence.isEmpty() ? Mark.INVENTED : Mark.CONTRADICTS);
                put(reference, wantedSentence, Mark.CONTRADICTS);
            }
        }
    }

    private static boolean sidesMeet(String wanted, String given) {
        Set<Side> wantedSides = Side.of(wanted);
        Set<Side> givenSides = Side.of(given);
        return wantedSides.isEmpty()
                || givenSides.isEmpty()
                || wantedSides.stream().anyMatch(givenSides::contains);
    }

    private static void put(Map<String, Mark> marks, String sentence, Mark mark) {
        if (!sentence.isEmpty()) {
            marks.merge(PythonText.collapseSpaces(sentence), mark, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    Mark ofReference(String sentence) {
        return reference.getOrDefault(PythonText.collapseSpaces(sentence), Mark.NONE);
    }

    Mark ofPrediction(String sentence) {
        return prediction.getOrDefault(PythonText.collapseSpaces(sentence), Mark.NONE);
    }
}
