package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reg2rg.label.ReportTable;

/**
 * The reports of a CSV file, which commands read twice: once before any work, so that a bad row is told at once, and once to work
 * on them.
 *
 * @param textColumn with the report; empty for one with a usual name
 * @param idColumn that names the report; empty for one with a usual name
 */
record ReportRows(Path file, Optional<String> textColumn, Optional<String> idColumn) {
    private static final int SHOWN = 5;

    /**
     * What the first reading tells.
     *
     * @param empty reports without a word
     * @param doubled the id of every row that repeats one, in their order
     */
    record Survey(long rows, long empty, List<String> doubled) {}

    ReportTable open() throws IOException {
        return ReportTable.open(file, textColumn, idColumn);
    }

    Survey survey() throws IOException {
        Set<String> ids = new HashSet<>();
        List<String> doubled = new ArrayList<>();
        long rows = 0;
        long empty = 0;
        try (ReportTable table = open()) {
            while (table.hasNext()) {
                ReportTable.Row row = table.next();
                rows++;
                empty += row.text().isBlank() ? 1 : 0;
                if (!ids.add(row.id())) {
                    doubled.add(row.id());
                }
            }
        }
        return new Survey(rows, empty, doubled);
    }

    /** The first of many names, for a message. */
    static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? ", ..." : "");
    }
}
