package org.reg2rg.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.reg2rg.ct.Region;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.ToWords;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Scope;

/** Lets a model in training write about studies that it never learned from, and looks at what it wrote. */
final class WrittenTexts {
    /** Writing takes longer than learning; these many studies tell enough to watch a run. */
    static final int MOST_STUDIES = 24;

    private static final int SAMPLES = 8;

    private final LoadedModel model;
    private final ToWords toWords;
    private final VisualCache cache;
    private final CropFile held;
    private final LanguageStage.Settings settings;
    private final RegionReportAlignment alignment;
    private final Draws draws = new Draws(0);

    WrittenTexts(LoadedModel model, VisualCache cache, CropFile held, LanguageStage.Settings settings) {
        this.model = model;
        this.toWords = new ModelBuilder(model.config(), Weights.of(model.weights())).toWords();
        this.cache = cache;
        this.held = held;
        this.settings = settings;
        this.alignment =
                RegionReportAlignment.of(model, model.config().language().maxPositions());
    }

    /**
     * One study.
     *
     * @param slots which region was in which
     * @param said per region what the parser found in its slot
     * @param loss of the true answer
     */
    private record Written(int study, List<Region> slots, Map<Integer, SlotText> said, double loss) {}

    /** Writes now, with slots in an order that is the same each time. */
    Validation now() {
        int studies = Math.min(MOST_STUDIES, held.size());
        try (var workers = new Workers(settings.workers())) {
            return look(workers.all(IntStream.range(0, studies)
                    .<Callable<Written>>mapToObj(study -> () -> write(study))
                    .toList()));
        }
    }

    private Written write(int study) {
        List<RegionText> texts = cache.regions(study).stream()
                .map(region -> new RegionText(region, held.facts(study).text(region)))
                .toList();
        var example = settings.sees() == Sees.REGIONS
                ? alignment.draw(texts, draws.of("held-out slots", study))
                : alignment.inOrder(texts);
        return Scope.inference(() -> {
            var visual = cache.tokens(study, example.slots(), toWords);
            double loss = ReferringLoss.of(model.model(), ReferringBatch.of(List.of(example)), List.of(visual))
                    .item_double();
            String answer = SlotText.answer(model, example.slots().size(), visual);
            return new Written(study, example.slots(), SlotText.of(answer), loss);
        });
    }

    private Validation look(List<Written> all) {
        int[][] taken = new int[CropLayout.REGIONS][CropLayout.REGIONS];
        int[] asked = new int[CropLayout.REGIONS];
        var truths = new HashSet<String>();
        var texts = new HashSet<String>();
        var samples = new ArrayList<Validation.Sample>();
        for (Written written : all) {
            StudyFacts facts = held.facts(written.study);
            for (int slot = 0; slot < written.slots.size(); slot++) {
                Region region = written.slots.get(slot);
                String truth = facts.text(region);
                SlotText said = written.said.getOrDefault(slot, SlotText.NOTHING);
                asked[region.ordinal()]++;
                said.region().ifPresent(named -> taken[region.ordinal()][named.ordinal()]++);
                truths.add(truth);
                texts.add(said.text());
                if (region == Region.LUNG && samples.size() < SAMPLES) {
                    samples.add(new Validation.Sample(facts.volume(), region.datasetName(), truth, said.text()));
                }
            }
        }
        var scores = recognition(taken, asked);
        scores.put("distinct_texts", (double) texts.size() / Math.max(1, truths.size()));
        scores.put("loss", all.stream().mapToDouble(Written::loss).average().orElse(0));
        return new Validation(all.size(), scores, table(taken), samples);
    }

    static LinkedHashMap<String, Double> recognition(int[][] taken, int[] asked) {
        double[] shares = IntStream.range(0, asked.length)
                .filter(region -> asked[region] > 0)
                .mapToDouble(region -> (double) taken[region][region] / asked[region])
                .toArray();
        var scores = new LinkedHashMap<String, Double>();
        scores.put("recognition_mean", Arrays.stream(shares).average().orElse(0));
        scores.put("recognition_least", Arrays.stream(shares).min().orElse(0));
        return scores;
    }

    static List<List<Integer>> table(int[][] taken) {
        return Arrays.stream(taken)
                .map(row -> IntStream.of(row).boxed().toList())
                .toList();
    }
}
