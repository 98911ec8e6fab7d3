package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code inspect} says of a file of weights: every tensor, and the totals. Data is not read, only described. */
public final class WeightSummary {
    private static final String LINE = System.lineSeparator();
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private WeightSummary() {}

    /** Opens the file and describes it. */
    public static String of(Path path) throws IOException {
        try (WeightSource source = WeightFiles.open(path)) {
            return describe(source);
        }
    }

    private static String describe(WeightSource source) throws IOException {
        List<WeightEntry> entries = source.entries();
        var text = new StringBuilder();
        var firstOfStorage = new HashMap<String, String>();
        int widest =
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        long elements = 0;
        long bytes = 0;
        var types = new EnumMap<WeightType, Integer>(WeightType.class);
        for (WeightEntry entry : entries) {
            String first = firstOfStorage.putIfAbsent(entry.storage(), entry.name());
            text.append(String.format(
                    Locale.ROOT,
                    "  %-" + Math.max(widest, 1) + "s  %-8s  %-20s %10s%s%s%n",
                    entry.name(),
                    entry.type().label(),
                    entry.shape(),
                    size(entry.byteSize()),
                    entry.isContiguous() ? "" : "  strided",
                    first == null ? "" : "  shares memory with " + first));
            types.merge(entry.type(), 1, Integer::sum);
            if (first == null) {
                elements += entry.elements();
                bytes += entry.byteSize();
            }
        }
        return head(source)
                + text
                + String.format(
                        Locale.ROOT,
                        "  total: %d tensors in %d storages, %,d numbers, %s (%s)%n",
                        entries.size(),
                        firstOfStorage.size(),
                        elements,
                        size(bytes),
                        counted(types));
    }

    private static String head(WeightSource source) throws IOException {
        List<Path> files = source.files();
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return "  weights, " + WeightFiles.layout(files.getFirst()).label() + ", " + size(bytes)
                + (files.size() > 1 ? " in " + (files.size() - 1) + " shards" : "") + LINE;
    }

    private static String counted(Map<WeightType, Integer> types) {
        return types.entrySet().stream()
                .map(item -> item.getValue() + " " + item.getKey().label())
                .collect(Collectors.joining(", "));
    }

    /** A size in decimal units ("13.7 GB"). */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.3g %s", value, UNITS[unit]);
    }
}
