package org.reg2rg.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.clinical.Audit;
import org.reg2rg.evaluate.clinical.LabelPair;
import org.reg2rg.evaluate.metric.PairScorer;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.read.ReportRow;
import org.reg2rg.evaluate.region.Recognition;
import org.reg2rg.evaluate.stat.Calibration;
import org.reg2rg.evaluate.text.PythonText;

/**
 * Judges a file of reports in two passes: the first counts words, lengths and repetitions, which CIDEr and the collapse
 * measures need of the whole file; the second scores, a block of rows at a time on all cores. Texts are held for one
 * block only.
 */
public final class Evaluator {
    private static final int BLOCK = 256;
    private static final int LISTED = 50;

    private final ReportFile file;
    private final LabelSource labels;
    private final Settings settings;
    private final Group whole = new Group();
    private final Map<Region, Group> regions = new EnumMap<>(Region.class);
    private final Recognition published = new Recognition(Recognition.Rule.PUBLISHED);
    private final Recognition strict = new Recognition(Recognition.Rule.STRICT);
    private final Calibration calibration = new Calibration();
    private final Audit audit = new Audit();
    private final List<Study> studies = new ArrayList<>();
    private final List<String> unlabelled = new ArrayList<>();
    private final Set<String> labelled = new HashSet<>();
    private Evaluation.SizeCounts sizes = new Evaluation.SizeCounts(0, 0, 0);
    private int missing;
    private int labelCount;

    private Evaluator(ReportFile file, LabelSource labels, Settings settings) {
        this.file = file;
        this.labels = labels;
        this.settings = settings;
    }

    /**
     * Judges all rows of the file.
     *
     * @throws InputException if there is no row to score
     */
    public static Evaluation evaluate(ReportFile file, LabelSource labels, Settings settings) throws IOException {
        return new Evaluator(file, labels, settings).run();
    }

    private Evaluation run() throws IOException {
        ReportFile.Oddities oddities = file.read(this::survey);
        if (oddities.rows() == 0) {
            throw new InputException(
                    file.file().toString(),
                    "no row to score" + (oddities.broken() > 0 ? ", " + oddities.broken() + " broken ones" : ""),
                    "give a file with reports");
        }
        try (var progress = Progress.of("scoring", "reports", oddities.rows(), settings.progress())) {
            judge(progress);
        }
        return new Evaluation(
                new Evaluation.Source(file, labels.describe(), settings, oddities),
                whole,
                regions,
                new Evaluation.Regions(published, strict, file.hasFlag() ? Optional.of(calibration) : Optional.empty()),
                List.copyOf(studies),
                new Evaluation.Findings(audit, sizes, missing, List.copyOf(unlabelled), unusedLabels()));
    }

    private int unusedLabels() {
        return labels instanceof LabelSource.Given given ? given.file().size() - labelled.size() : 0;
    }

    private void survey(ReportRow row) {
        StudyTexts texts = StudyTexts.of(row, settings.stripRegionPrefix());
        whole.survey(texts.whole());
        texts.regions()
                .forEach((region, pair) ->
                        regions.computeIfAbsent(region, unseen -> new Group()).survey(pair));
    }

    private void judge(Progress progress) throws IOException {
        var scorers = new Scorers(new PairScorer(whole.cider()), new EnumMap<>(Region.class));
        regions.forEach((region, group) -> scorers.regions().put(region, new PairScorer(group.cider())));
        var block = new ArrayList<StudyTexts>(BLOCK);
        int[] blocks = new int[1];
        file.read(row -> {
            block.add(StudyTexts.of(row, settings.stripRegionPrefix()));
            if (block.size() == BLOCK) {
                add(new Block(List.copyOf(block), blocks[0]++, settings.seed(), scorers, labels));
                progress.advance(block.size(), "");
                block.clear();
            }
        });
        if (!block.isEmpty()) {
            add(new Block(List.copyOf(block), blocks[0], settings.seed(), scorers, labels));
            progress.advance(block.size(), "");
        }
    }

    /** The scorer of the whole reports and of each region. */
    record Scorers(PairScorer whole, Map<Region, PairScorer> regions) {}

    private void add(Block block) {
        List<Block.Result> results = block.results();
        for (int i = 0; i < results.size(); i++) {
            add(block.texts().get(i), results.get(i));
        }
        block.addBaseline(whole, regions, results);
    }

    private void add(StudyTexts texts, Block.Result result) {
        whole.add(result.whole());
        result.regions().forEach((region, scores) -> group(region).add(scores));
        result.regionLabels().forEach((region, pair) -> group(region).add(pair));
        sizes = sizes.plus(result.sizes());
        ReportRow row = texts.row();
        double accuracy = published.add(row.reference(), row.prediction()).accuracy();
        double strictAccuracy = strict.add(row.reference(), row.prediction()).accuracy();
        if (file.hasFlag()) {
            calibration.add(row.flag(), accuracy);
        }
        studies.add(new Study(
                row.id(),
                studies.size(),
                new Study.Words(
                        PythonText.countWords(texts.whole().reference()),
                        PythonText.countWords(texts.whole().prediction()),
                        texts.note()),
                accuracy,
                strictAccuracy,
                add(row.id(), result.labels())));
    }

    private OptionalInt add(String id, Optional<LabelPair> pair) {
        if (pair.isEmpty()) {
            if (labels instanceof LabelSource.Given) {
                missing++;
                if (unlabelled.size() < LISTED) {
                    unlabelled.add(id);
                }
            }
            return OptionalInt.empty();
        }
        labelled.add(id);
        whole.add(pair.get());
        audit.add(id, pair.get());
        return OptionalInt.of(labelCount++);
    }

    private Group group(Region region) {
        return regions.computeIfAbsent(region, unseen -> new Group());
    }
}
