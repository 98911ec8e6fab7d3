package org.reg2rg.ct.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.zip.ZipException;
import org.reg2rg.core.InputException;

/** Numbers and bytes of a DICOM stream, with the place where they stand, for the words of an error. */
final class ElementInput implements AutoCloseable {
    private final String name;
    private InputStream in;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private long position;

    ElementInput(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    String name() {
        return name;
    }

    long position() {
        return position;
    }

    ByteOrder order() {
        return order;
    }

    void order(ByteOrder newOrder) {
        order = newOrder;
    }

    /** Goes on with the bytes of another stream, which unpacks this one. */
    void replace(java.util.function.UnaryOperator<InputStream> wrap) {
        in = wrap.apply(in);
    }

    /** Up to {@code n} bytes that stay to be read. */
    byte[] peek(int n) throws IOException {
        in.mark(n);
        try {
            return in.readNBytes(n);
        } catch (ZipException | EOFException e) {
            throw damagedPacking(e);
        } finally {
            in.reset();
        }
    }

    boolean atEnd() throws IOException {
        return peek(1).length == 0;
    }

    int u16() throws IOException {
        byte[] b = bytes(2);
        return order == ByteOrder.LITTLE_ENDIAN
                ? (b[0] & 0xff) | (b[1] & 0xff) << 8
                : (b[1] & 0xff) | (b[0] & 0xff) << 8;
    }

    /** Four bytes as an unsigned number. */
    long u32() throws IOException {
        long first = u16();
        long second = u16();
        return order == ByteOrder.LITTLE_ENDIAN ? first | second << 16 : second | first << 16;
    }

    int tag() throws IOException {
        int group = u16();
        return group << 16 | u16();
    }

    /** Exactly {@code n} bytes; memory is taken only as they come. */
    byte[] bytes(int n) throws IOException {
        try {
            byte[] bytes = in.readNBytes(n);
            position += bytes.length;
            if (bytes.length < n) {
                throw endsEarly(n, bytes.length);
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw damagedPacking(e);
        }
    }

    void skip(long n) throws IOException {
        try {
            in.skipNBytes(n);
            position += n;
        } catch (ZipException e) {
            throw damagedPacking(e);
        } catch (EOFException e) {
            throw endsEarly(n, -1);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private InputException endsEarly(long wanted, long got) {
        String found = got < 0 ? "fewer" : got + "";
        return damaged(
                "the file ends early (expected " + wanted + " more bytes at byte " + position + ", got " + found + ")");
    }

    private InputException damagedPacking(IOException cause) {
        return new InputException(
                name, "the compressed bytes are damaged (" + cause.getMessage() + ")", "copy the file again", cause);
    }

    /** The error of a file that breaks the rules of DICOM. */
    InputException damaged(String problem) {
        return new InputException(name, problem, "the file is damaged: copy it again from its source");
    }
}
