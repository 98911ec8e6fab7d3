package org.reg2rg.ct;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.reg2rg.core.InputException;

/**
 * A CSV {@code source,region} that joins files or labels into regions; several sources of one region are joined by OR.
 *
 * @param subject the table's file, for errors
 * @param regions source (a file name or a label number) → its regions
 */
record MaskTable(String subject, SequencedMap<String, List<Region>> regions) {
    private static final long MOST_BYTES = 1 << 20;

    static MaskTable read(Path file) throws IOException {
        String subject = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new InputException(subject, "no such file", "check the path after --mask-table");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(subject, "more than 1 MB, which is no mask table", "check the file");
        }
        var regions = new LinkedHashMap<String, List<Region>>();
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofCsvRecord(Files.readString(file))) {
            for (CsvRecord row : csv) {
                add(subject, row, regions);
            }
        } catch (CsvParseException | CharacterCodingException e) {
            throw new InputException(subject, "not a CSV file", "write two columns: source,region", e);
        }
        if (regions.isEmpty()) {
            throw new InputException(subject, "the table has no rows", "write lines such as lung_left.nii.gz,lung");
        }
        return new MaskTable(subject, regions);
    }

    private static void add(String subject, CsvRecord row, SequencedMap<String, List<Region>> regions) {
        if (row.getFieldCount() == 1 && row.getField(0).isBlank()) {
            return;
        }
        String place = subject + " line " + row.getStartingLineNumber();
        if (row.getFieldCount() != 2) {
            throw new InputException(
                    place, row.getFieldCount() + " columns (expected 2: source,region)", "mend this line");
        }
        String source = row.getField(0).strip().replace("\uFEFF", "");
        String region = row.getField(1).strip();
        if (source.equals("source") && region.equals("region")) {
            return;
        }
        if (source.isEmpty()) {
            throw new InputException(place, "no source", "give a file name or a label number");
        }
        List<Region> named = regions.computeIfAbsent(source, s -> new ArrayList<>());
        Region parsed = Region.parse(place, region);
        if (!named.contains(parsed)) {
            named.add(parsed);
        }
    }

    /** The table as label → regions, if every source is a whole number. */
    Optional<SequencedMap<Integer, List<Region>>> labels() {
        var labels = new LinkedHashMap<Integer, List<Region>>();
        for (var entry : regions.entrySet()) {
            if (!entry.getKey().matches("\\d{1,9}")) {
                return Optional.empty();
            }
            labels.put(Integer.valueOf(entry.getKey()), entry.getValue());
        }
        return Optional.of(labels);
    }
}
