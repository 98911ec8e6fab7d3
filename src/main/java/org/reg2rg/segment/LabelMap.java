package org.reg2rg.segment;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Region;

/**
 * The voxels of each region in a map of numbers.
 *
 * @param unknown numbers that belong to no region, in order
 */
record LabelMap(Map<Region, Bits> regions, List<Integer> unknown) {
    private static final int MOST_UNKNOWN = 1000;

    /**
     * Sorts the voxels by a table of numbers.
     *
     * @param file for messages
     * @throws InputException if the table is that of the ten regions and the map has higher numbers
     */
    static LabelMap of(Path file, float[] values, NameTable table) {
        Map<Region, Bits> regions = new EnumMap<>(Region.class);
        Set<Integer> unknown = new TreeSet<>();
        for (int n = 0; n < values.length; n++) {
            int label = Math.round(values[n]);
            if (label != 0) {
                Optional<Region> region = table.byLabel().getOrDefault(label, Optional.empty());
                if (region.isPresent()) {
                    regions.computeIfAbsent(region.get(), r -> new Bits(values.length))
                            .set(n);
                } else if (unknown.size() < MOST_UNKNOWN) {
                    unknown.add(label);
                }
            }
        }
        int ten = Region.values().length;
        int most = unknown.stream().mapToInt(label -> label).max().orElse(0);
        if (table.numbersTheRegions() && most > ten) {
            throw new InputException(
                    file.toString(),
                    "has labels up to " + most + ", and the ten regions have the numbers 1 to 10",
                    "say whose numbers they are: --from totalsegmentator, or --table FILE.csv");
        }
        return new LabelMap(regions, List.copyOf(unknown));
    }
}
