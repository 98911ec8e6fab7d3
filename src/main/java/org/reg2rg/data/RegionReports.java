package org.reg2rg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Region;

/**
 * {@code reports.csv} as RadGenome-ChestCT has it: columns Volumename, Anatomy, Sentence. As in the published data set class,
 * the last of several rows of a region counts, and rows without a region (the whole report) are passed over; an empty sentence,
 * which stops the published code, is no report.
 *
 * @param texts study → region → text, as written
 * @param leftOut rows that are not used, with the reason
 */
record RegionReports(Map<String, Map<Region, String>> texts, List<LeftOut> leftOut) {
    private static final String VOLUME = "Volumename";
    private static final String ANATOMY = "Anatomy";
    private static final String SENTENCE = "Sentence";

    /** Anatomies that stand for no single region. */
    private static final Set<String> NO_REGION = Set.of("", "whole");

    static RegionReports read(Path file) throws IOException {
        CsvTable table = CsvTable.open(file);
        int volume = column(table, VOLUME);
        int anatomy = column(table, ANATOMY);
        int sentence = column(table, SENTENCE);
        var texts = new LinkedHashMap<String, Map<Region, String>>();
        var unknown = new TreeMap<String, Integer>();
        var leftOut = new ArrayList<LeftOut>();
        table.read((line, cells) -> {
            if (cells.size() != table.header().size()) {
                leftOut.add(LeftOut.study(
                        file.getFileName() + " line " + line,
                        cells.size() + " cells, the header has "
                                + table.header().size()));
                return;
            }
            String name = cells.get(anatomy).strip();
            Optional<Region> region = Region.find(name);
            if (region.isPresent()) {
                texts.computeIfAbsent(cells.get(volume).strip(), _ -> new EnumMap<>(Region.class))
                        .put(region.get(), cells.get(sentence));
            } else if (!NO_REGION.contains(name)) {
                unknown.merge(name, 1, Integer::sum);
            }
        });
        unknown.forEach((name, rows) -> leftOut.add(
                LeftOut.study(String.valueOf(file.getFileName()), "'" + name + "' is no region (" + rows + " rows)")));
        return new RegionReports(withoutEmpty(texts, leftOut), leftOut);
    }

    /** An empty last row hides the rows before it, as it would stop the published code. */
    private static Map<String, Map<Region, String>> withoutEmpty(
            Map<String, Map<Region, String>> texts, List<LeftOut> leftOut) {
        texts.forEach((study, regions) -> regions.entrySet().removeIf(entry -> {
            boolean empty = entry.getValue().isEmpty();
            if (empty) {
                leftOut.add(LeftOut.region(study, entry.getKey(), "the sentence is empty"));
            }
            return empty;
        }));
        return texts;
    }

    static int column(CsvTable table, String name) {
        int column = table.header().indexOf(name);
        if (column < 0) {
            throw new InputException(
                    table.file().toString(),
                    "no column '" + name + "' (it has " + String.join(", ", table.header()) + ")",
                    "name the columns as RadGenome-ChestCT does: " + VOLUME + ", " + ANATOMY + ", " + SENTENCE
                            + "; of splits.csv: " + VOLUME + ", Split");
        }
        return column;
    }
}
