package org.reg2rg.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.ct.Region;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * What the vision heads know of studies that they never saw.
 *
 * @param recognition share of crops whose region was named, per region
 * @param micro F1 over the 18 labels, from latents and geometry
 * @param macro mean F1 of the labels that occur
 * @param pooledMicro the same with the dense map beside them
 * @param pooledMacro the same with the dense map beside them
 * @param f1 of each finding type, from latents and geometry
 * @param sizeWithin30 share of nodules from 8 mm whose size is right within 30 %
 * @param taken how often each region (row) was taken for each (column)
 */
public record VisionScores(
        Map<Region, Double> recognition,
        double micro,
        double macro,
        double pooledMicro,
        double pooledMacro,
        Map<FindingType, Double> f1,
        double sizeWithin30,
        List<List<Integer>> taken) {
    private static final double SMALLEST_NODULE_MM = 8;
    private static final double TOLERANCE = 0.3;

    /** True positives, positives said, positives there. */
    private static final class Counts {
        private final int[] hit = new int[CropLayout.FINDINGS];
        private final int[] said = new int[CropLayout.FINDINGS];
        private final int[] there = new int[CropLayout.FINDINGS];

        void add(int finding, boolean says, boolean is) {
            hit[finding] += says && is ? 1 : 0;
            said[finding] += says ? 1 : 0;
            there[finding] += is ? 1 : 0;
        }

        double f1(int finding) {
            return f1(hit[finding], said[finding], there[finding]);
        }

        double micro() {
            int h = 0;
            int s = 0;
            int t = 0;
            for (int f = 0; f < FindingType.LABELS; f++) {
                h += hit[f];
                s += said[f];
                t += there[f];
            }
            return f1(h, s, t);
        }

        double macro() {
            double sum = 0;
            int labels = 0;
            for (int f = 0; f < FindingType.LABELS; f++) {
                if (there[f] > 0) {
                    sum += f1(f);
                    labels++;
                }
            }
            return labels == 0 ? 0 : sum / labels;
        }

        private static double f1(int hit, int said, int there) {
            return said + there == 0 ? 0 : 2.0 * hit / (said + there);
        }
    }

    /** What the heads say of one crop: region, findings, pooled findings, nodule size. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int crop, float[][] heads) {}

    /**
     * Asks the heads about every crop that is seen of all studies; a finding counts where any of them shows it.
     *
     * @param workers threads; the scores do not depend on them
     */
    static VisionScores of(VisionNetwork network, CropFile data, Sees sees, int workers) {
        try (var threads = new Workers(workers)) {
            return count(
                    data,
                    sees,
                    threads.all(IntStream.range(0, data.size())
                            .<Callable<List<Answer>>>mapToObj(study -> () -> crops(data, study, sees).stream()
                                    .map(crop -> new Answer(
                                            crop,
                                            ask(
                                                    network,
                                                    VisionBatch.of(
                                                            data, List.of(new VisionBatch.Item(study, crop)), sees))))
                                    .toList())
                            .toList()));
        }
    }

    private static VisionScores count(CropFile data, Sees sees, List<List<Answer>> answers) {
        var latent = new Counts();
        var pooled = new Counts();
        int[][] taken = new int[CropLayout.REGIONS][CropLayout.REGIONS];
        int[] sizes = new int[2];
        for (int study = 0; study < answers.size(); study++) {
            boolean[][] says = new boolean[2][CropLayout.FINDINGS];
            for (Answer one : answers.get(study)) {
                int crop = one.crop;
                float[][] answer = one.heads;
                CropLayout.region(crop).ifPresent(region -> taken[region.ordinal()][largest(answer[0])]++);
                for (FindingType type : FindingType.values()) {
                    boolean own = VisionBatch.answersFor(crop, type);
                    says[0][type.ordinal()] |= own && answer[1][type.ordinal()] > 0;
                    says[1][type.ordinal()] |= own && answer[2][type.ordinal()] > 0;
                }
                double nodule = data.facts(study).noduleMm();
                if (VisionBatch.showsNodules(crop, sees) && nodule >= SMALLEST_NODULE_MM) {
                    double said = NoduleSize.mm(answer[3]);
                    sizes[0] += Math.abs(said - nodule) <= TOLERANCE * nodule ? 1 : 0;
                    sizes[1]++;
                }
            }
            for (FindingType type : FindingType.values()) {
                boolean is = data.facts(study).has(0, type);
                latent.add(type.ordinal(), says[0][type.ordinal()], is);
                pooled.add(type.ordinal(), says[1][type.ordinal()], is);
            }
        }
        var recognition = new EnumMap<Region, Double>(Region.class);
        for (Region region : Region.values()) {
            int[] row = taken[region.ordinal()];
            recognition.put(
                    region,
                    (double) row[region.ordinal()]
                            / Math.max(1, IntStream.of(row).sum()));
        }
        var f1 = new EnumMap<FindingType, Double>(FindingType.class);
        for (FindingType type : FindingType.values()) {
            f1.put(type, latent.f1(type.ordinal()));
        }
        return new VisionScores(
                recognition,
                latent.micro(),
                latent.macro(),
                pooled.micro(),
                pooled.macro(),
                f1,
                (double) sizes[0] / Math.max(1, sizes[1]),
                Arrays.stream(taken)
                        .map(row -> IntStream.of(row).boxed().toList())
                        .toList());
    }

    /** The same for the metrics of a run. */
    Validation validation(int studies) {
        var scores = new LinkedHashMap<String, Double>();
        scores.put("finding_f1_micro", micro);
        scores.put("finding_f1_macro", macro);
        scores.put("recognition_mean", mean(recognition.values()));
        scores.put(
                "recognition_least",
                recognition.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .min()
                        .orElse(0));
        scores.put("nodule_size_within_30", sizeWithin30);
        for (FindingType type : FindingType.labels()) {
            scores.put("finding_f1" + Validation.PART + type.key(), f1.getOrDefault(type, 0.0));
        }
        return new Validation(studies, scores, taken, List.of());
    }

    private static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static List<Integer> crops(CropFile data, int study, Sees sees) {
        return switch (sees) {
            case GLOBAL -> List.of(0);
            case REGIONS ->
                IntStream.range(1, CropLayout.CROPS)
                        .filter(crop -> data.present(study, crop))
                        .boxed()
                        .toList();
        };
    }

    private static float[][] ask(VisionNetwork network, VisionBatch batch) {
        List<float[]> values = new ArrayList<>();
        Scope.inference(() -> {
            var answers = network.forward(batch);
            values.add(Tensors.toFloats(answers.region()));
            values.add(Tensors.toFloats(answers.findings()));
            values.add(Tensors.toFloats(answers.pooled()));
            values.add(Tensors.toFloats(answers.size()));
            return values.size();
        });
        return values.toArray(float[][]::new);
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
