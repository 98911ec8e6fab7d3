package org.reg2rg.segment;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Region;

/**
 * Which of another tool's structures belong to which region, after the anatomy paths of RadGenome-ChestCT. A CSV with the
 * header {@code label,source,region}; label or source may be empty, a row without region is known and left out.
 *
 * @param name of the table, for messages
 * @param bySource name in plain spelling (lower case, blanks for dashes and underscores) → region, or nothing
 * @param byLabel number in a label map → region, or nothing
 */
record NameTable(String name, Map<String, Optional<Region>> bySource, Map<Integer, Optional<Region>> byLabel) {
    static final List<String> SHIPPED = List.of("totalsegmentator-v2", "totalsegmentator-v1", "sat");
    private static final String ALL_NAMES = "the names of regions and of all shipped tables";
    private static final long MOST_BYTES = 1 << 20;

    /** Spellings that are common in structure sets. */
    private static final Map<String, Region> COMMON = Map.ofEntries(
            Map.entry("lung l", Region.LUNG),
            Map.entry("lung r", Region.LUNG),
            Map.entry("lung left", Region.LUNG),
            Map.entry("lung right", Region.LUNG),
            Map.entry("lungs", Region.LUNG),
            Map.entry("oesophagus", Region.ESOPHAGUS),
            Map.entry("bronchi", Region.TRACHEA_AND_BRONCHI),
            Map.entry("trachea and bronchi", Region.TRACHEA_AND_BRONCHI),
            Map.entry("bronchial tree", Region.TRACHEA_AND_BRONCHI),
            Map.entry("airway", Region.TRACHEA_AND_BRONCHI),
            Map.entry("bones", Region.BONE),
            Map.entry("breast l", Region.BREAST),
            Map.entry("breast r", Region.BREAST),
            Map.entry("breast left", Region.BREAST),
            Map.entry("breast right", Region.BREAST));

    /** A shipped table by its name, or the user's file. */
    static NameTable of(String nameOrFile) throws IOException {
        if (SHIPPED.contains(nameOrFile)) {
            return shipped(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    nameOrFile, "no such table", "give a CSV file, or one of " + String.join(", ", SHIPPED));
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(nameOrFile, "more than 1 MB, which is no table of names", "check the file");
        }
        return parse(nameOrFile, Files.readString(file));
    }

    static NameTable shipped(String name) throws IOException {
        try (InputStream in = NameTable.class.getResourceAsStream(name + ".csv")) {
            if (in == null) {
                throw new IllegalStateException("the table " + name + " is not in the program");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The ten regions by name and by number 1 to 10, and every name that a shipped table knows. */
    static NameTable allNames() throws IOException {
        Map<String, Optional<Region>> names = new TreeMap<>();
        for (String table : SHIPPED) {
            names.putAll(shipped(table).bySource);
        }
        COMMON.forEach((name, region) -> names.put(name, Optional.of(region)));
        Map<Integer, Optional<Region>> labels = new HashMap<>();
        for (Region region : Region.values()) {
            names.put(plain(region.datasetName()), Optional.of(region));
            labels.put(region.ordinal() + 1, Optional.of(region));
        }
        return new NameTable(ALL_NAMES, names, labels);
    }

    private static NameTable parse(String subject, String text) throws IOException {
        Map<String, Optional<Region>> names = new TreeMap<>();
        Map<Integer, Optional<Region>> labels = new HashMap<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text.replace("\uFEFF", ""))) {
            for (NamedCsvRecord row : csv) {
                String place = subject + " line " + row.getStartingLineNumber();
                String region = row.findField("region")
                        .orElseThrow(() -> unusable(place))
                        .strip();
                Optional<Region> named = region.isEmpty() ? Optional.empty() : Optional.of(Region.parse(place, region));
                String source = row.findField("source").orElse("").strip();
                String label = row.findField("label").orElse("").strip();
                if (!source.isEmpty()) {
                    names.put(plain(source), named);
                }
                if (!label.isEmpty()) {
                    if (!label.matches("\\d{1,6}")) {
                        throw new InputException(place, "label '" + label + "' is no whole number", "mend this line");
                    }
                    labels.put(Integer.valueOf(label), named);
                }
            }
        } catch (de.siegmar.fastcsv.reader.CsvParseException e) {
            throw new InputException(subject, "not a CSV file", "write the columns label,source,region", e);
        }
        if (names.isEmpty() && labels.isEmpty()) {
            throw unusable(subject);
        }
        return new NameTable(subject, names, labels);
    }

    private static InputException unusable(String place) {
        return new InputException(
                place, "expected the columns label,source,region", "see docs/masks.md for an example");
    }

    /** Whether its numbers are those of the ten regions, 1 to 10. */
    boolean numbersTheRegions() {
        return name.equals(ALL_NAMES);
    }

    /** Lower case, with blanks for dashes and underscores, without a file's ending. */
    static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\.nii(\\.gz)?$", "");
        return plain.replaceAll("[_\\-\\s]+", " ").strip();
    }

    /** This table, and after it the names that only another one has. */
    NameTable with(NameTable other) {
        Map<String, Optional<Region>> names = new TreeMap<>(other.bySource);
        names.putAll(bySource);
        return new NameTable(name, names, byLabel);
    }

    /** Whether the table has this name, and its region if it has one. */
    Optional<Optional<Region>> find(String name) {
        return Optional.ofNullable(bySource.get(plain(name)));
    }
}
