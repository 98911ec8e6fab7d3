package org.reg2rg.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.reg2rg.Tolerance;
import org.reg2rg.core.Json;
import org.reg2rg.evaluate.stat.Lengths;
import org.reg2rg.evaluate.text.MtevalTokenizer;
import org.reg2rg.evaluate.text.NltkWords;
import org.reg2rg.evaluate.text.PorterStemmer;
import org.reg2rg.evaluate.text.PythonText;
import org.reg2rg.evaluate.text.RougeTokenizer;
import org.reg2rg.evaluate.text.WordNet;
import tools.jackson.databind.JsonNode;

/** Tokens, stems, synonyms and scores of made-up texts, against the Python packages: tools/golden/text_scores.py. */
class GoldenScoresTest {
    private static final JsonNode GOLDEN = read();

    private static JsonNode read() {
        try (InputStream in = GoldenScoresTest.class.getResourceAsStream("/org/reg2rg/evaluate/text-scores.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tokensAreEqual() {
        for (JsonNode pair : GOLDEN.path("pairs")) {
            String text = pair.path("reference").asString();
            assertThat(MtevalTokenizer.tokenize(text)).isEqualTo(strings(pair.path("mteval")));
            assertThat(RougeTokenizer.tokenize(text)).isEqualTo(strings(pair.path("rouge")));
            assertThat(NltkWords.tokenize(text)).isEqualTo(strings(pair.path("nltk")));
        }
    }

    @Test
    void stemsAreEqual() {
        GOLDEN.path("stems")
                .forEachEntry((word, stem) ->
                        assertThat(PorterStemmer.stem(word)).as(word).isEqualTo(stem.asString()));
    }

    @Test
    void synonymsAreEqual() {
        WordNet wordNet = WordNet.instance();
        GOLDEN.path("synonyms")
                .forEachEntry((word, names) -> assertThat(new TreeSet<>(wordNet.synonyms(word)))
                        .as(word)
                        .isEqualTo(new TreeSet<>(strings(names))));
    }

    @Test
    void scoresAreEqual() {
        var corpus = new CiderCorpus();
        GOLDEN.path("pairs")
                .forEach(pair ->
                        corpus.add(PythonText.split(pair.path("reference").asString())));
        var scorer = new PairScorer(corpus);
        for (JsonNode pair : GOLDEN.path("pairs")) {
            PairScorer.Scores scores = scorer.score(
                    pair.path("reference").asString(), pair.path("prediction").asString());
            for (TextMetric metric : TextMetric.values()) {
                assertThat(scores.get(metric))
                        .as("%s of %s", metric, pair)
                        .isCloseTo(
                                pair.path("scores").path(metric.ordinal()).asDouble(), Tolerance.TEXT_SCORE.offset());
            }
        }
    }

    @Test
    void densitiesAndDivergenceAreEqual() {
        JsonNode golden = GOLDEN.path("lengths");
        var reference = new Lengths();
        var prediction = new Lengths();
        golden.path("reference").forEach(words -> reference.add(words.asInt()));
        golden.path("prediction").forEach(words -> prediction.add(words.asInt()));
        double[] density = reference.density(reference.longest());
        assertThat(density[0]).isCloseTo(golden.path("density_first").asDouble(), Tolerance.TEXT_SCORE.offset());
        assertThat(density[Lengths.POINTS - 1])
                .isCloseTo(golden.path("density_last").asDouble(), Tolerance.TEXT_SCORE.offset());
        assertThat(Lengths.divergence(reference, prediction))
                .isCloseTo(golden.path("kl_divergence").asDouble(), Tolerance.TEXT_SCORE.offset());
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(item -> strings.add(item.asString()));
        return strings;
    }
}
