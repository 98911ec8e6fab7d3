package org.reg2rg.core;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * A CSV file with a header, read row by row as often as wanted and never held in memory. UTF-8 and UTF-16 with byte
 * order mark, UTF-8 and Windows-1252 without. A cell has at most {@value #MAX_CELL} characters.
 */
public final class CsvTable {
    public static final int MAX_CELL = 1 << 20;
    private static final int MAX_COLUMNS = 4096;

    private final Path file;
    private final Encodings.Encoding encoding;
    private final List<String> header;

    private CsvTable(Path file, Encodings.Encoding encoding, List<String> header) {
        this.file = file;
        this.encoding = encoding;
        this.header = header;
    }

    /** What is done with one row. */
    @FunctionalInterface
    public interface RowReader {
        /** @param fields as many as the header has, or fewer or more where the row is broken */
        void row(long line, List<String> fields) throws IOException;
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws InputException if it is missing, empty, or has no header or the same column twice
     */
    public static CsvTable open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file.toString(), "no such file", "check the path");
        }
        if (Files.size(file) == 0) {
            throw new InputException(file.toString(), "the file is empty", "give a CSV file with a header line");
        }
        var unopened = new CsvTable(file, Encodings.detect(file), List.of());
        List<String> header = unopened.firstRow();
        var names = new LinkedHashSet<>(header);
        if (names.size() < header.size()) {
            throw new InputException(
                    file.toString(), "two columns have the same name, of " + header, "rename one of them");
        }
        return new CsvTable(file, unopened.encoding, header);
    }

    /** A CSV file as this program writes them: commas, line feeds, UTF-8; the caller flushes it. */
    public static CsvWriter writer(OutputStream out) {
        return CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    public Path file() {
        return file;
    }

    public List<String> header() {
        return header;
    }

    /** How the file is encoded, as {@link java.nio.charset.Charset} names it. */
    public String encoding() {
        return encoding.charset().name();
    }

    /**
     * Place of a column.
     *
     * @throws InputException that names the columns there are
     */
    public int column(String name) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new InputException(
                    file.toString(),
                    "no column '" + name + "'; it has " + header,
                    "name the right column with the option for it");
        }
        return index;
    }

    /** Reads all rows below the header in order. */
    public void read(RowReader rows) throws IOException {
        try (Reader text = text();
                CsvReader<CsvRecord> csv = csv(text);
                CloseableIterator<CsvRecord> records = csv.iterator()) {
            next(records, 0);
            long line = 1;
            while (hasNext(records, line)) {
                CsvRecord row = next(records, line);
                line = row.getStartingLineNumber();
                rows.row(line, row.getFields());
            }
        }
    }

    private List<String> firstRow() throws IOException {
        try (Reader text = text();
                CsvReader<CsvRecord> csv = csv(text);
                CloseableIterator<CsvRecord> records = csv.iterator()) {
            if (!hasNext(records, 1)) {
                throw new InputException(file.toString(), "there is no header line", "give a CSV file with one");
            }
            return next(records, 1).getFields().stream().map(String::strip).toList();
        }
    }

    private Reader text() throws IOException {
        InputStream bytes = Files.newInputStream(file);
        bytes.skipNBytes(encoding.markBytes());
        return new InputStreamReader(bytes, encoding.charset());
    }

    private static CsvReader<CsvRecord> csv(Reader text) {
        CsvRecordHandler bounded = CsvRecordHandler.builder()
                .maxFieldSize(MAX_CELL)
                .maxFields(MAX_COLUMNS)
                .maxRecordSize(8 * MAX_CELL)
                .build();
        return CsvReader.builder()
                .maxBufferSize(2 * MAX_CELL)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .build(bounded, text);
    }

    private boolean hasNext(CloseableIterator<CsvRecord> records, long line) {
        try {
            return records.hasNext();
        } catch (CsvParseException e) {
            throw unreadable(e, line);
        }
    }

    private CsvRecord next(CloseableIterator<CsvRecord> records, long line) {
        try {
            return records.next();
        } catch (CsvParseException e) {
            throw unreadable(e, line);
        }
    }

    private InputException unreadable(CsvParseException failure, long line) {
        var reason = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            reason.append(reason.isEmpty() ? "" : ": ").append(cause.getMessage());
        }
        return new InputException(
                file.toString(),
                String.format(
                        Locale.ROOT,
                        "not readable as CSV behind line %d (%s)",
                        line,
                        reason.toString().strip()),
                "check the quotation marks there; a cell may have " + MAX_CELL + " characters",
                failure);
    }
}
