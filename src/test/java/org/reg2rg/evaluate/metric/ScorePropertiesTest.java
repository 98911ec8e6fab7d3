package org.reg2rg.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reg2rg.Tolerance;
import org.reg2rg.evaluate.text.PythonText;

/** What every text score must hold, whatever its reference implementation says. */
class ScorePropertiesTest {
    private static final String REPORT = "The right lung is clear. A 5 mm nodule lies in the left lower lobe.";
    private static final String OTHER = "Gallbladder stones were removed yesterday; kidneys look fine!";

    private static PairScorer scorer() {
        var corpus = new CiderCorpus();
        corpus.add(PythonText.split(REPORT));
        corpus.add(PythonText.split(OTHER));
        return new PairScorer(corpus);
    }

    @Test
    void identicalTextsScoreTheMaximum() {
        PairScorer.Scores scores = scorer().score(REPORT, REPORT);
        for (TextMetric metric : TextMetric.values()) {
            double most = switch (metric) {
                case CIDER -> 10;
                // One chunk of 17 words: the penalty of METEOR is never quite 0.
                case METEOR -> 1 - 0.5 * Math.pow(1.0 / 17, 3);
                case BLEU_1, BLEU_2, BLEU_3, BLEU_4, ROUGE_1, ROUGE_2, ROUGE_L -> 1;
            };
            assertThat(scores.get(metric)).as(metric.title()).isCloseTo(most, Tolerance.TEXT_SCORE.offset());
        }
    }

    @Test
    void disjointTextsScoreNothingButTheSmoothingOfBleu() {
        PairScorer.Scores scores = scorer().score("alpha beta gamma", "delta epsilon zeta");
        for (TextMetric metric : List.of(
                TextMetric.METEOR, TextMetric.ROUGE_1, TextMetric.ROUGE_2, TextMetric.ROUGE_L, TextMetric.CIDER)) {
            assertThat(scores.get(metric)).as(metric.title()).isZero();
        }
        assertThat(scores.bleu().matches()).containsOnly(0);
        assertThat(scores.get(TextMetric.BLEU_1)).isCloseTo(1.0 / 4, Tolerance.TEXT_SCORE.offset());
    }

    @Test
    void emptyTextsScoreZero() {
        for (String[] pair : new String[][] {{"", ""}, {REPORT, ""}, {"", REPORT}, {"  \n", REPORT}}) {
            assertThat(scorer().score(pair[0], pair[1]).values()).containsOnly(0);
        }
    }

    @Test
    void corpusOfOneReportHasNoWeightsForCider() {
        var corpus = new CiderCorpus();
        corpus.add(PythonText.split(REPORT));
        assertThat(new PairScorer(corpus).score(REPORT, REPORT).get(TextMetric.CIDER))
                .isZero();
    }
}
