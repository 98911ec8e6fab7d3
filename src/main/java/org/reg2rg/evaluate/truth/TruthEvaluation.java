package org.reg2rg.evaluate.truth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.reg2rg.core.InputException;
import org.reg2rg.evaluate.clinical.Efficacy;
import org.reg2rg.evaluate.clinical.FindingBits;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.region.RegionText;
import org.reg2rg.evaluate.stat.Seeds;
import org.reg2rg.report.LabelledText;
import org.reg2rg.report.ReportLabeller;

/** The findings that generated sentences state, against the exact truth of their studies. */
public final class TruthEvaluation {
    private static final int BLOCK = 256;
    private static final int LISTED = 50;

    private final TruthFile truth;
    private final ReportLabeller labeller;
    private final List<Integer> wanted = new ArrayList<>();
    private final List<Integer> given = new ArrayList<>();
    private final NoduleSizes sizes = new NoduleSizes();
    private final List<String> unknown = new ArrayList<>();
    private int unknownCount;

    private TruthEvaluation(TruthFile truth, ReportLabeller labeller) {
        this.truth = truth;
        this.labeller = labeller;
    }

    private record Said(TruthFile.Truth truth, String text) {}

    /**
     * Reads all predictions of a file.
     *
     * @throws InputException if no row belongs to a study of the truth
     */
    public static TruthEvaluation of(ReportFile file, TruthFile truth, ReportLabeller labeller) throws IOException {
        var evaluation = new TruthEvaluation(truth, labeller);
        var block = new ArrayList<Said>();
        file.read(row -> {
            truth.find(row.id())
                    .ifPresentOrElse(
                            study -> block.add(new Said(study, RegionText.withoutPrefixes(row.prediction()))),
                            () -> evaluation.addUnknown(row.id()));
            if (block.size() == BLOCK) {
                evaluation.add(block);
                block.clear();
            }
        });
        evaluation.add(block);
        if (evaluation.wanted.isEmpty()) {
            throw new InputException(
                    file.file().toString(),
                    "none of its " + evaluation.unknownCount + " studies is in the truth, the first is "
                            + evaluation.unknown,
                    "give the truth.jsonl of the same cohort, and the id with --id-column");
        }
        return evaluation;
    }

    private void addUnknown(String id) {
        unknownCount++;
        if (unknown.size() < LISTED) {
            unknown.add(id);
        }
    }

    private void add(List<Said> block) {
        List<LabelledText> labels =
                labeller.label(block.stream().map(Said::text).toList());
        for (int i = 0; i < block.size(); i++) {
            wanted.add(block.get(i).truth.labels());
            given.add(FindingBits.of(labels.get(i).present()));
            sizes.add(block.get(i).truth.noduleMm(), labels.get(i), block.get(i).text);
        }
    }

    /** True labels, in the order of the file. */
    public int[] truths() {
        return wanted.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Labels of the generated texts, in the order of the file. */
    public int[] predictions() {
        return given.stream().mapToInt(Integer::intValue).toArray();
    }

    public Efficacy efficacy() {
        return Efficacy.of(truths(), predictions());
    }

    /** What the report of another study would score: predictions in one random circle of studies. */
    public Efficacy shuffled(long seed) {
        int[] others = IntStream.range(0, wanted.size()).toArray();
        SplittableRandom random = Seeds.generator(seed, 0);
        for (int i = others.length - 1; i > 0; i--) {
            int j = random.nextInt(i);
            int kept = others[i];
            others[i] = others[j];
            others[j] = kept;
        }
        int[] predictions = predictions();
        return Efficacy.of(
                truths(), IntStream.of(others).map(other -> predictions[other]).toArray());
    }

    public NoduleSizes sizes() {
        return sizes;
    }

    /** Rows whose study is not in the truth; they count for nothing but text and recognition. */
    public int unknownCount() {
        return unknownCount;
    }

    /** The first of these. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }
}
