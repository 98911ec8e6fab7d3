package org.reg2rg.core;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A text file that grows row by row: each row is on the disk before the next is made, so that a stop at any moment loses at most
 * the one that was being written. UTF-8, line feeds.
 */
public final class GrowingFile implements AutoCloseable {
    private final FileChannel channel;

    private GrowingFile(FileChannel channel) {
        this.channel = channel;
    }

    /** How rows end. */
    public enum Rows {
        /** With each line feed. */
        LINES,
        /** With each line feed outside of quotation marks. */
        CSV
    }

    /** Begins an empty file, in the place of what is there. */
    public static GrowingFile create(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return new GrowingFile(FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
    }

    /** Goes on behind the last whole row; what was begun behind it is cut off. */
    public static GrowingFile resume(Path file, Rows rows) throws IOException {
        long whole = wholeBytes(file, rows);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(whole);
        channel.position(whole);
        return new GrowingFile(channel);
    }

    private static long wholeBytes(Path file, Rows rows) throws IOException {
        long whole = 0;
        long at = 0;
        boolean quoted = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                at++;
                quoted ^= rows == Rows.CSV && b == '"';
                if (b == '\n' && !quoted) {
                    whole = at;
                }
            }
        }
        return whole;
    }

    /** Writes a row of CSV through to the disk. */
    public void appendCells(List<String> cells) throws IOException {
        var row = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(row)) {
            csv.writeRecord(cells);
        }
        append(row.toString());
    }

    /** Writes a line, which must have no line feed of its own, through to the disk. */
    public void appendLine(String line) throws IOException {
        append(line + "\n");
    }

    private void append(String row) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
