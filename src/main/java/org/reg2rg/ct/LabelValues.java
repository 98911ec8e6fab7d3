package org.reg2rg.ct;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.reg2rg.core.InputException;

/** Turns a label map into one mask per region while it is read. */
final class LabelValues implements VoxelSink {
    private static final int MOST_UNKNOWN = 1000;

    private final String subject;
    private final Grid grid;
    private final Map<Float, List<Bits>> targets = new HashMap<>();
    private final SequencedMap<Region, Bits> masks = new LinkedHashMap<>();
    private final boolean strict;
    private final Map<Float, Integer> unknown = new TreeMap<>();

    /**
     * @param regions label → its regions
     * @param strict whether a label without a region is an error
     */
    LabelValues(String subject, Grid grid, SequencedMap<Integer, List<Region>> regions, boolean strict) {
        this.subject = subject;
        this.grid = grid;
        this.strict = strict;
        regions.forEach((label, named) -> targets.put(
                (float) label,
                named.stream()
                        .map(region -> masks.computeIfAbsent(
                                region, r -> new Bits(grid.size().voxels())))
                        .toList()));
    }

    @Override
    public void accept(int start, float[] values, int count) {
        float label = 0;
        List<Bits> bits = List.of();
        for (int i = 0; i < count; i++) {
            float value = values[i];
            if (value == 0) {
                continue;
            }
            if (value != label) {
                label = value;
                bits = targets(value);
            }
            for (Bits mask : bits) {
                mask.set(start + i);
            }
            if (bits.isEmpty() && strict) {
                unknown.merge(value, 1, Integer::sum);
            }
        }
    }

    private List<Bits> targets(float value) {
        List<Bits> known = targets.get(value);
        if (known != null) {
            return known;
        }
        if (value != Math.rint(value)) {
            throw new InputException(
                    subject,
                    "a label map has whole numbers, but there is " + value,
                    "give a folder with one mask file per region instead");
        }
        if (unknown.size() > MOST_UNKNOWN) {
            throw new InputException(
                    subject, "more than " + MOST_UNKNOWN + " different labels: not a label map", "check the file");
        }
        return List.of();
    }

    /**
     * The masks, after the last value. Of the ten standard labels only those that occur count, unless none does; regions
     * that a table names are always there, empty if need be.
     */
    SequencedMap<Region, RegionMask> masks() {
        if (!unknown.isEmpty()) {
            String labels = unknown.entrySet().stream()
                    .limit(8)
                    .map(e -> (long) e.getKey().floatValue() + " (" + e.getValue() + " voxels)")
                    .collect(Collectors.joining(", "));
            throw new InputException(
                    subject,
                    "no region has label " + labels + " (expected 0 to " + Region.values().length + ")",
                    "say with --mask-table which label is which region");
        }
        var all = new TreeMap<Region, RegionMask>();
        masks.forEach((region, bits) -> all.put(region, new RegionMask.Binary(grid, bits)));
        if (strict && !all.values().stream().allMatch(RegionMask::isEmpty)) {
            all.values().removeIf(RegionMask::isEmpty);
        }
        return all;
    }
}
