package org.reg2rg.evaluate.truth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.reg2rg.evaluate.clinical.Sizes;
import org.reg2rg.evaluate.stat.Doubles;
import org.reg2rg.report.Finding;
import org.reg2rg.report.LabelledText;
import org.reg2rg.report.SentenceSplitter;

/** How far the stated size of the largest lung nodule is from the true one, for nodules of at least 8 mm. */
public final class NoduleSizes {
    /** Smaller nodules are not counted. */
    public static final double SMALLEST_MM = 8;

    /** A stated size within this share of the truth is right. */
    public static final double RIGHT = 0.3;

    private final Doubles errors = new Doubles();
    private int nodules;
    private int mentioned;
    private int right;

    /**
     * Adds a study: its largest nodule, and what its generated text says of one. The size is read in the sentence that
     * states the nodule, or where it has none in the next, if that goes on about a nodule ("The largest nodule …").
     */
    void add(double trueMm, LabelledText said, String text) {
        if (trueMm < SMALLEST_MM) {
            return;
        }
        nodules++;
        if (!said.has(Finding.LUNG_NODULE)) {
            return;
        }
        mentioned++;
        String sentence = said.sentences().getOrDefault(Finding.LUNG_NODULE, "");
        List<Double> sizes = Sizes.inMillimetres(sentence);
        if (sizes.isEmpty()) {
            sizes = Sizes.inMillimetres(next(sentence, text));
        }
        Optional<Double> largest = sizes.stream().max(Double::compare);
        largest.ifPresent(size -> {
            errors.add(Math.abs(size - trueMm));
            right += Math.abs(size - trueMm) <= RIGHT * trueMm ? 1 : 0;
        });
    }

    private static String next(String sentence, String text) {
        List<SentenceSplitter.Sentence> all = SentenceSplitter.split(text);
        for (int i = 0; i + 1 < all.size(); i++) {
            String following = all.get(i + 1).text();
            if (all.get(i).text().equals(sentence)
                    && following.toLowerCase(Locale.ROOT).contains("nodul")) {
                return following;
            }
        }
        return "";
    }

    /** Studies with a nodule of at least {@link #SMALLEST_MM}. */
    public int nodules() {
        return nodules;
    }

    /** Of these, those whose text states a nodule. */
    public int mentioned() {
        return mentioned;
    }

    /** Of these, those whose text states its size. */
    public int sized() {
        return errors.size();
    }

    /** Of these, those within {@link #RIGHT} of the truth. */
    public int right() {
        return right;
    }

    /** Mean distance of stated and true size in mm; NaN where no size is stated. */
    public double meanErrorMm() {
        double sum = 0;
        for (double error : errors.toArray()) {
            sum += error;
        }
        return sum / errors.size();
    }
}
