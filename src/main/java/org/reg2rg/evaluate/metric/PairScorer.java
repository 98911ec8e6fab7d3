package org.reg2rg.evaluate.metric;

import java.util.List;
import org.reg2rg.evaluate.text.MtevalTokenizer;
import org.reg2rg.evaluate.text.NltkWords;
import org.reg2rg.evaluate.text.PythonText;
import org.reg2rg.evaluate.text.RougeTokenizer;
import org.reg2rg.evaluate.text.WordNet;

/** All text scores of a pair of texts, against the CIDEr statistics of one corpus. Safe for several threads. */
public final class PairScorer {
    private final CiderCorpus corpus;
    private final Meteor meteor = new Meteor(WordNet.instance());

    /** @param corpus holds every reference of the file already */
    public PairScorer(CiderCorpus corpus) {
        this.corpus = corpus;
    }

    /**
     * Scores of one pair.
     *
     * @param values by {@link TextMetric#ordinal()}
     * @param bleu the counts from which BLEU of a corpus is made
     */
    public record Scores(double[] values, Bleu.Counts bleu) {
        public double get(TextMetric metric) {
            return values[metric.ordinal()];
        }
    }

    /** A prediction or a reference without words scores 0 throughout, where the published code divides by zero. */
    public Scores score(String reference, String prediction) {
        Bleu.Counts bleu = Bleu.count(MtevalTokenizer.tokenize(reference), MtevalTokenizer.tokenize(prediction));
        double[] values = new double[TextMetric.values().length];
        for (int order = 1; order <= Bleu.ORDERS; order++) {
            values[TextMetric.BLEU_1.ordinal() + order - 1] = Bleu.score(bleu, order);
        }
        values[TextMetric.METEOR.ordinal()] =
                meteor.score(NltkWords.tokenize(reference), NltkWords.tokenize(prediction));
        Rouge.Scores rouge = Rouge.score(RougeTokenizer.tokenize(reference), RougeTokenizer.tokenize(prediction));
        values[TextMetric.ROUGE_1.ordinal()] = rouge.rouge1();
        values[TextMetric.ROUGE_2.ordinal()] = rouge.rouge2();
        values[TextMetric.ROUGE_L.ordinal()] = rouge.rougeL();
        List<String> words = PythonText.split(prediction);
        values[TextMetric.CIDER.ordinal()] = words.isEmpty() ? 0 : corpus.score(PythonText.split(reference), words);
        return new Scores(values, bleu);
    }
}
