package org.reg2rg.evaluate.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.InputException;
import org.reg2rg.evaluate.clinical.LabelPair;
import org.reg2rg.report.Finding;

/** Labels of both texts of each study, made elsewhere: columns {@code GT_<label>} and {@code Pred_<label>}, 0 or 1. */
public final class LabelFile {
    private static final int COLUMNS = Finding.values().length;

    private final Path file;
    private final Map<String, LabelPair> pairs;

    private LabelFile(Path file, Map<String, LabelPair> pairs) {
        this.file = file;
        this.pairs = pairs;
    }

    /**
     * Reads a label file whole (a few bytes a study).
     *
     * @param idColumn the column that joins it to the reports
     * @throws InputException for a missing column, a cell that is not 0 or 1, or two rows of a study that differ
     */
    public static LabelFile read(Path file, String idColumn) throws IOException {
        CsvTable table = CsvTable.open(file);
        int id = table.column(idColumn);
        int[] references = columns(table, "GT_");
        int[] predictions = columns(table, "Pred_");
        var pairs = new HashMap<String, LabelPair>();
        table.read((line, cells) -> {
            if (cells.size() != table.header().size()) {
                throw new InputException(
                        file + " line " + line,
                        "expected " + table.header().size() + " cells, got " + cells.size(),
                        "repair the row");
            }
            String place = file + " line " + line;
            var pair = LabelPair.of(bits(place, table, cells, references), bits(place, table, cells, predictions));
            LabelPair before = pairs.put(cells.get(id).strip(), pair);
            if (before != null && !before.equals(pair)) {
                throw new InputException(
                        place, "a second row of " + cells.get(id) + " has other labels", "keep one of them");
            }
        });
        return new LabelFile(file, pairs);
    }

    private static int[] columns(CsvTable table, String prefix) {
        int[] columns = new int[COLUMNS];
        for (Finding finding : Finding.values()) {
            columns[finding.ordinal()] = table.column(prefix + finding.label());
        }
        return columns;
    }

    private static int bits(String place, CsvTable table, java.util.List<String> cells, int[] columns) {
        int bits = 0;
        for (int finding = 0; finding < COLUMNS; finding++) {
            String cell = cells.get(columns[finding]).strip();
            switch (cell) {
                case "0", "0.0", "False", "false" -> {}
                case "1", "1.0", "True", "true" -> bits |= 1 << finding;
                default ->
                    throw new InputException(
                            place,
                            "column '" + table.header().get(columns[finding]) + "' expected 0 or 1, got '" + cell + "'",
                            "repair the cell");
            }
        }
        return bits;
    }

    public Path file() {
        return file;
    }

    public int size() {
        return pairs.size();
    }

    /** The labels of a study, if the file has it. */
    public Optional<LabelPair> find(String id) {
        return Optional.ofNullable(pairs.get(id));
    }
}
