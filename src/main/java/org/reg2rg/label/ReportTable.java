package org.reg2rg.label;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.reg2rg.core.InputException;

/**
 * The reports of a CSV file (UTF-8, comma, double quotes), read row by row so that a file may be larger than memory.
 * Whatever is wrong with the file is told as an {@link InputException}; no row is ever dropped.
 */
public final class ReportTable implements Iterator<ReportTable.Row>, AutoCloseable {
    private static final int LARGEST_FIELD = 1 << 24;
    private static final Set<String> USUAL_IDS = Set.of(
            "id",
            "accnum",
            "accessionno",
            "accession",
            "volumename",
            "volume",
            "study",
            "study_id",
            "report_id",
            "name");

    private static final List<String> USUAL_TEXTS = List.of(
            "report_text", "report", "text", "findings", "findings_en", "gt_combined_report", "gt_whole_report");

    private final Path file;
    private final QuoteCounter quotes;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private final int textColumn;
    private final int idColumn;
    private long rows;

    /** One report. */
    public record Row(String id, String text) {}

    private ReportTable(Path file, Optional<String> textName, Optional<String> idName) throws IOException {
        this.file = file;
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        quotes = new QuoteCounter(new InputStreamReader(Files.newInputStream(file), decoder));
        reader = CsvReader.builder()
                .maxBufferSize(LARGEST_FIELD)
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false)
                .build(CsvRecordHandler.builder().maxFieldSize(LARGEST_FIELD).build(), quotes);
        records = reader.iterator();
        header = header();
        textColumn = textName.map(this::column).orElseGet(this::usualText);
        idColumn = idName.map(this::column).orElseGet(this::usualId);
    }

    /**
     * Opens a file and reads its header.
     *
     * @param textName the column with the report; where not given, a column with a usual name ("report_text", "report",
     *     "findings" …)
     * @param idName the column that names the report; where not given, a column with a usual name ("AccNum",
     *     "AccessionNo", "id" …), else the first one that is not the text, else rows are counted from 1
     */
    public static ReportTable open(Path file, Optional<String> textName, Optional<String> idName) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file.toString(), "no such file", "give a CSV file with a header");
        }
        return new ReportTable(file, textName, idName);
    }

    /** The name of the id column as the output should have it. */
    public String idName() {
        return idColumn < 0 ? "id" : header.get(idColumn);
    }

    /** The columns of the file. */
    public List<String> columns() {
        return header;
    }

    @Override
    public boolean hasNext() {
        boolean more = guarded(records::hasNext);
        if (!more && quotes.open()) {
            throw new InputException(
                    file.toString(),
                    "a quotation mark is never closed: the number of quotation marks is odd",
                    "close the quotes; a quotation mark inside a quoted cell is written twice");
        }
        return more;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        CsvRecord record = guarded(records::next);
        rows++;
        if (record.getFieldCount() != header.size()) {
            throw new InputException(
                    file + " line " + record.getStartingLineNumber(),
                    "the row has another number of cells than the header (expected " + header.size() + ", got "
                            + record.getFieldCount() + ")",
                    "quote cells that hold commas or line breaks");
        }
        String id = idColumn < 0 ? Long.toString(rows) : record.getField(idColumn);
        return new Row(id, record.getField(textColumn));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private List<String> header() {
        if (!guarded(records::hasNext)) {
            throw new InputException(file.toString(), "the file is empty", "give a CSV file with a header");
        }
        List<String> names = guarded(records::next).getFields();
        String first = names.getFirst();
        if (!first.startsWith("\uFEFF")) {
            return names;
        }
        return Stream.concat(Stream.of(first.substring(1)), names.stream().skip(1))
                .toList();
    }

    private int column(String name) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw new InputException(
                    file.toString(),
                    "no column is named \"" + name + "\"",
                    "the columns are: " + String.join(", ", header));
        }
        return at;
    }

    private int usualText() {
        for (String usual : USUAL_TEXTS) {
            for (int i = 0; i < header.size(); i++) {
                if (header.get(i).equalsIgnoreCase(usual)) {
                    return i;
                }
            }
        }
        throw new InputException(
                file.toString(),
                "no column has a usual name of a report (" + String.join(", ", USUAL_TEXTS) + ")",
                "name it with --text-column; the columns are: " + String.join(", ", header));
    }

    private int usualId() {
        for (int i = 0; i < header.size(); i++) {
            if (i != textColumn && USUAL_IDS.contains(header.get(i).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return header.size() == 1 ? -1 : textColumn == 0 ? 1 : 0;
    }

    private interface Step<T> {
        T take();
    }

    private <T> T guarded(Step<T> step) {
        try {
            return step.take();
        } catch (CsvParseException e) {
            throw new InputException(
                    file + " after row " + rows,
                    "not readable as CSV: " + rootMessage(e),
                    "check the quotation marks of the next row; a cell holds at most " + LARGEST_FIELD + " characters",
                    e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new InputException(
                        file + " after row " + rows,
                        "the text is not UTF-8",
                        "convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8",
                        e);
            }
            throw e;
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Counts the quotation marks that pass, since a parser takes an open quote at the end of a file for a cell. */
    private static final class QuoteCounter extends Reader {
        private final Reader in;
        private boolean odd;

        QuoteCounter(Reader in) {
            this.in = in;
        }

        boolean open() {
            return odd;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            for (int i = offset; i < offset + count; i++) {
                odd ^= buffer[i] == '"';
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
