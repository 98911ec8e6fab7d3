package org.reg2rg.recipe;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.segment.AnatomySegmenter;
import org.reg2rg.segment.MaskComparison;
import org.reg2rg.segment.Segmentation;

/** How well the built-in segmentation agrees with the exact truth of synthetic patients: one value a patient. */
final class SegmentBenchmark implements BenchmarkPart {
    /** The patients of the figures in docs/segment.md. */
    private static final long SEED = 7;

    private static final PhantomSize TINY = new PhantomSize(new GridSize(96, 96, 72), 3.4, 3.4, 4);

    @Override
    public List<Measurement> run(Size size, int repeats) {
        Map<Region, List<Double>> dice = new EnumMap<>(Region.class);
        var means = new ArrayList<Double>();
        var seconds = new ArrayList<Double>();
        for (int patient = 0; patient < repeats; patient++) {
            PhantomStudy study = Phantom.generate(SEED, patient, size == Size.TINY ? TINY : PhantomSize.USUAL);
            Segmentation found = AnatomySegmenter.segment(study.volume());
            seconds.add(found.seconds());
            double sum = 0;
            int regions = 0;
            for (Region region : Region.values()) {
                RegionMask truth = study.mask(region);
                if (truth.count() > 0) {
                    RegionMask mask = found.mask(region).orElseGet(() -> empty(truth));
                    double agreement = MaskComparison.of(mask, truth).dice();
                    dice.computeIfAbsent(region, r -> new ArrayList<>()).add(agreement);
                    sum += agreement;
                    regions++;
                }
            }
            means.add(sum / Math.max(1, regions));
        }
        var results = new ArrayList<Measurement>();
        for (Region region : Region.values()) {
            if (dice.containsKey(region)) {
                results.add(new Measurement(
                        "segment", region.datasetName(), "Dice", Objects.requireNonNull(dice.get(region))));
            }
        }
        results.add(new Measurement("segment", "mean of the regions of a synthetic patient", "Dice", means));
        results.add(new Measurement("segment", "time", "s", seconds));
        return results;
    }

    private static RegionMask empty(RegionMask like) {
        return new RegionMask.Binary(like.grid(), new Bits(like.grid().size().voxels()));
    }
}
