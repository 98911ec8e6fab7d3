package org.reg2rg.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.segment.AnatomySegmenter;
import org.reg2rg.segment.MaskCheck;
import org.reg2rg.segment.MaskChecks;
import org.reg2rg.segment.MaskComparison;
import org.reg2rg.segment.MaskDamage;
import org.reg2rg.segment.MaskRepair;
import org.reg2rg.segment.Segmentation;

/** How many damaged masks of synthetic patients the checks notice, how many good ones they doubt, what repair gives. */
final class CheckBenchmark implements BenchmarkPart {
    private static final long SEED = 7;
    private static final PhantomSize TINY = new PhantomSize(new GridSize(96, 96, 72), 3.4, 3.4, 4);
    private static final PhantomSize FULL = new PhantomSize(new GridSize(128, 128, 84), 2.6, 2.6, 3.5);

    private final Map<MaskDamage, List<Double>> noticed = new LinkedHashMap<>();
    private final Map<MaskDamage, List<Double>> mended = new LinkedHashMap<>();
    private final List<Double> doubted = new ArrayList<>();

    @Override
    public List<Measurement> run(Size size, int repeats) {
        PhantomSize voxels = size == Size.TINY ? TINY : FULL;
        for (int patient = 0; patient < repeats; patient++) {
            PhantomStudy study = Phantom.generate(SEED, patient, voxels);
            RegionMasks other = Phantom.generate(SEED, patient + 1, voxels).masks();
            measure(study.volume(), study.masks(), other);
        }
        var results = new ArrayList<Measurement>();
        noticed.forEach((damage, values) -> results.add(share("noticed: " + damage.words(), values)));
        mended.forEach((damage, values) ->
                results.add(new Measurement("checks", "repaired: " + damage.words(), "Dice", values)));
        results.add(share("good masks that are doubted", doubted));
        return results;
    }

    private void measure(CtVolume ct, RegionMasks good, RegionMasks other) {
        Segmentation witness = AnatomySegmenter.segment(ct);
        MaskChecks checker = MaskChecks.of(ct, witness);
        List<MaskCheck> before = serious(checker, good);
        good.masks().keySet().forEach(region -> doubted.add(concerns(before, region) ? 1.0 : 0.0));
        for (MaskDamage damage : MaskDamage.values()) {
            for (Region region : damage.ofAll()
                    ? List.of(Region.LUNG)
                    : List.copyOf(good.masks().keySet())) {
                RegionMask truth = Objects.requireNonNull(good.masks().get(region));
                if (truth.count() > 0) {
                    RegionMasks damaged = damage.apply(good, region, other);
                    List<MaskCheck> checks = serious(checker, damaged);
                    boolean seen = damage.ofAll() ? checks.size() > before.size() : concerns(checks, region);
                    noticed.computeIfAbsent(damage, d -> new ArrayList<>()).add(seen ? 1.0 : 0.0);
                    var repaired = MaskRepair.apply(ct, damaged, checks, witness);
                    RegionMask mask = repaired.masks().masks().get(region);
                    if (mask != null && !repaired.done().isEmpty()) {
                        double dice = MaskComparison.of(mask, truth).dice();
                        mended.computeIfAbsent(damage, d -> new ArrayList<>()).add(dice);
                    }
                }
            }
        }
    }

    private static List<MaskCheck> serious(MaskChecks checker, RegionMasks masks) {
        return checker.check(masks).stream()
                .filter(check -> check.severity() != MaskCheck.Severity.NOTE)
                .toList();
    }

    private static boolean concerns(List<MaskCheck> checks, Region region) {
        return checks.stream()
                .anyMatch(check -> check.regions().isEmpty() || check.regions().contains(region));
    }

    private static Measurement share(String what, List<Double> values) {
        double percent = 100 * values.stream().mapToDouble(v -> v).average().orElse(0);
        return new Measurement("checks", what + ", of " + values.size(), "%", List.of(percent));
    }
}
