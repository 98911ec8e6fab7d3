package org.reg2rg.ct;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.reg2rg.core.InputException;

/**
 * The unzipped content of a file (gzip or plain, told by its first bytes), while a digest sees the bytes as they lie on
 * the disk.
 */
final class HashedInput implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Deflate cannot shrink more than this. */
    private static final long MOST_DEFLATE = 1032;

    /** What may follow the voxels inside a gzip file; nobody needs more. */
    private static final long MOST_TRAILING_BYTES = 64L << 20;

    private final Path path;
    private final InputStream raw;
    private final InputStream in;
    private final boolean gzip;

    HashedInput(Path path, MessageDigest digest) throws IOException {
        this.path = path;
        this.raw = new BufferedInputStream(new DigestInputStream(Files.newInputStream(path), digest), BUFFER_BYTES);
        try {
            this.gzip = isGzip(raw);
            this.in = gzip ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
        } catch (ZipException | EOFException e) {
            raw.close();
            throw damaged(e);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Whether the next two bytes are gzip's mark; leaves the stream, which must support marks, where it is. */
    static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        return first == (GZIPInputStream.GZIP_MAGIC & 0xff) && second == GZIPInputStream.GZIP_MAGIC >> 8;
    }

    /** Reads until {@code n} bytes are there or the content ends; returns how many there were. */
    int read(byte[] into, int n) throws IOException {
        try {
            return in.readNBytes(into, 0, n);
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
    }

    /** Passes over {@code n} bytes; false if there are fewer. */
    boolean skip(long n) throws IOException {
        try {
            in.skipNBytes(n);
            return true;
        } catch (ZipException e) {
            throw damaged(e);
        } catch (EOFException e) {
            return false;
        }
    }

    /** Refuses a file that cannot hold {@code bytes} of content, before memory is taken for them. */
    void requireRoom(long bytes, String what) throws IOException {
        long room = gzip ? Files.size(path) * MOST_DEFLATE : Files.size(path);
        if (room < bytes) {
            throw tooShort(bytes, gzip ? "less" : Files.size(path) + "", what);
        }
    }

    InputException tooShort(long expected, String got, String what) {
        return new InputException(
                path.toString(),
                "the file ends early (expected " + expected + " bytes for " + what + ", got " + got + ")",
                "copy or make it again");
    }

    /** Reads what is left, so that gzip's checksum is tested and the digest is of the whole file. */
    void finish() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        if (gzip) {
            long left = MOST_TRAILING_BYTES;
            for (int n = read(buffer, buffer.length); n > 0 && left > 0; n = read(buffer, buffer.length)) {
                left -= n;
            }
        }
        while (raw.read(buffer) >= 0) {
            continue; // the digest listens
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        raw.close();
    }

    private InputException damaged(IOException cause) {
        return new InputException(
                path.toString(),
                "the gzip data are cut off or damaged (" + cause.getMessage() + ")",
                "copy or make the file again",
                cause);
    }
}
