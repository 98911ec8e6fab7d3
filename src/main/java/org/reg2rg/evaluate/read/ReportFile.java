package org.reg2rg.evaluate.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.InputException;

/** A CSV file of reports, one row a study: its id, the reference text and the generated text. */
public final class ReportFile {
    private static final int LISTED = 50;

    private final CsvTable table;
    private final int id;
    private final int reference;
    private final int prediction;
    private final int flag;

    private ReportFile(CsvTable table, int id, int reference, int prediction, int flag) {
        this.table = table;
        this.id = id;
        this.reference = reference;
        this.prediction = prediction;
        this.flag = flag;
    }

    /** Which columns hold what; an empty text takes the default and what stands in for it. */
    public record Columns(String id, String reference, String prediction) {
        public static final String ID = "AccNum";
        public static final String REFERENCE = "GT_combined_report";
        public static final String PREDICTION = "Pred_combined_report";
        public static final String FLAG = "recognition_confidence";

        public static Columns defaults() {
            return new Columns("", "", "");
        }
    }

    /**
     * Rows that could not be used or are odd, counted and with the first {@value #LISTED} named.
     *
     * @param broken rows with fewer or more cells than the header; they are left out
     * @param duplicates ids that were there before; their rows are scored all the same
     */
    public record Oddities(int rows, int broken, List<String> brokenRows, int duplicates, List<String> duplicateIds) {}

    /**
     * Opens the file and finds its columns: those named, else the published names, else the only pair of columns
     * {@code GT_*report} and {@code Pred_*report}; the id may be missing.
     *
     * @throws InputException naming the columns there are, if one is missing or there are several pairs
     */
    public static ReportFile open(Path file, Columns wanted) throws IOException {
        CsvTable table = CsvTable.open(file);
        int id = wanted.id().isEmpty() ? table.header().indexOf(Columns.ID) : table.column(wanted.id());
        int reference = text(table, wanted.reference(), Columns.REFERENCE, "GT_");
        int prediction = text(table, wanted.prediction(), Columns.PREDICTION, "Pred_");
        return new ReportFile(table, id, reference, prediction, table.header().indexOf(Columns.FLAG));
    }

    private static int text(CsvTable table, String wanted, String published, String prefix) {
        if (!wanted.isEmpty()) {
            return table.column(wanted);
        }
        if (table.header().contains(published)) {
            return table.column(published);
        }
        List<String> candidates = table.header().stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith("report"))
                .toList();
        if (candidates.size() != 1) {
            throw new InputException(
                    table.file().toString(),
                    "no column '" + published + "' and not exactly one '" + prefix + "*report'; it has "
                            + table.header(),
                    "name the columns with --reference-column and --prediction-column");
        }
        return table.column(candidates.getFirst());
    }

    public Path file() {
        return table.file();
    }

    /** The name of the file without its folder. */
    public String name() {
        return String.valueOf(table.file().getFileName());
    }

    /** The column of the references and of the predictions, and the encoding of the file, for the outputs. */
    public String describe() {
        return table.header().get(reference) + " / " + table.header().get(prediction) + ", " + table.encoding();
    }

    /** Whether there is a column {@value Columns#FLAG}. */
    public boolean hasFlag() {
        return flag >= 0;
    }

    /** Reads all whole rows in order. */
    public Oddities read(Consumer<ReportRow> rows) throws IOException {
        var brokenRows = new ArrayList<String>();
        var seen = new HashSet<String>();
        var duplicates = new ArrayList<String>();
        int[] counts = new int[3];
        table.read((line, cells) -> {
            if (cells.size() != table.header().size()) {
                counts[1]++;
                list(
                        brokenRows,
                        "line " + line + ": " + cells.size() + " cells, the header has "
                                + table.header().size());
                return;
            }
            ReportRow row = row(line, cells);
            if (!seen.add(row.id())) {
                counts[2]++;
                list(duplicates, row.id());
            }
            counts[0]++;
            rows.accept(row);
        });
        return new Oddities(counts[0], counts[1], List.copyOf(brokenRows), counts[2], List.copyOf(duplicates));
    }

    private static void list(List<String> names, String name) {
        if (names.size() < LISTED) {
            names.add(name);
        }
    }

    private ReportRow row(long line, List<String> cells) {
        String name = id < 0 ? "" : cells.get(id).strip();
        return new ReportRow(
                line,
                name.isEmpty() ? "line " + line : name,
                cells.get(reference),
                cells.get(prediction),
                flag < 0 ? "" : cells.get(flag).strip());
    }

    /** The texts of the given studies, for showing them; a study that is there twice counts at its first row. */
    public List<ReportRow> find(Set<String> ids) throws IOException {
        var found = new ArrayList<ReportRow>();
        var seen = new HashSet<String>();
        read(row -> {
            if (ids.contains(row.id()) && seen.add(row.id())) {
                found.add(row);
            }
        });
        return List.copyOf(found);
    }
}
