package org.reg2rg.ct.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a file one after the other, as they are stored: cut from one run of bytes, or put together from
 * fragments (PS3.5 annex A.4), with an offset table or without.
 */
final class FrameInput {
    private static final int LONGEST_FRAGMENT = 1 << 30;
    private static final int MOST_OFFSETS = 1 << 20;

    private final ElementInput in;
    private final DicomParser.Pixels pixels;
    private final PixelFormat format;
    private final int frames;
    private final boolean rle;

    /** Start of every frame in the run of fragments; empty where the file does not tell. */
    private long[] offsets = {};

    private long fragmentAt;
    private int next;
    private boolean started;

    private byte @Nullable [] ahead;

    FrameInput(DicomFile file, DicomParser.Pixels pixels, PixelFormat format, int frames) {
        this.in = file.input();
        this.pixels = pixels;
        this.format = format;
        this.frames = frames;
        this.rle = file.syntax().pixels() == TransferSyntax.Pixels.RLE;
    }

    /** The bytes of the next frame. */
    byte[] next() throws IOException {
        if (next == frames) {
            throw new IllegalStateException("all " + frames + " frames are read");
        }
        byte[] frame = pixels.length() >= 0 ? in.bytes(format.frameBytes()) : joined();
        next++;
        return frame;
    }

    /** Passes over a frame. */
    void skip() throws IOException {
        next();
    }

    private byte[] joined() throws IOException {
        if (!started) {
            readOffsets();
            started = true;
        }
        byte[] first = ahead == null ? fragment().orElseThrow(this::tooFew) : ahead;
        ahead = null;
        if (rle && offsets.length == 0) {
            return first; // an RLE frame is one fragment
        }
        var frame = new ByteArrayOutputStream(first.length);
        frame.write(first);
        while (true) {
            long start = fragmentAt;
            Optional<byte[]> more = fragment();
            if (more.isEmpty()) {
                return frame.toByteArray();
            }
            if (next + 1 < frames && startsNextFrame(start, more.get())) {
                ahead = more.get();
                return frame.toByteArray();
            }
            frame.write(more.get());
        }
    }

    private boolean startsNextFrame(long at, byte[] fragment) {
        if (offsets.length == frames) {
            return at >= offsets[next + 1];
        }
        // Without a table: a frame begins where a JPEG or a JPEG 2000 code stream begins.
        return fragment.length > 2
                && (fragment[0] & 0xff) == 0xff
                && ((fragment[1] & 0xff) == 0xd8 || (fragment[1] & 0xff) == 0x4f);
    }

    private void readOffsets() throws IOException {
        byte[] table = item().orElseThrow(this::tooFew);
        if (table.length / 4 > MOST_OFFSETS) {
            throw in.damaged("the table of frames is " + table.length + " bytes long");
        }
        fragmentAt = 0;
        long[] read = new long[table.length / 4];
        for (int i = 0; i < read.length; i++) {
            read[i] = littleEndian(table, 4 * i);
        }
        boolean sorted = Arrays.equals(read, Arrays.stream(read).sorted().toArray());
        offsets = sorted && read.length == frames ? read : new long[0];
    }

    private Optional<byte[]> fragment() throws IOException {
        Optional<byte[]> fragment = item();
        fragment.ifPresent(bytes -> fragmentAt += 8L + bytes.length);
        return fragment;
    }

    private Optional<byte[]> item() throws IOException {
        if (in.atEnd()) {
            return Optional.empty(); // some writers leave the last delimiter out
        }
        int tag = in.tag();
        long length = in.u32();
        if (tag == Tag.SEQUENCE_END) {
            return Optional.empty();
        }
        if (tag != Tag.ITEM || length > LONGEST_FRAGMENT) {
            throw in.damaged("the pixel fragments are broken at byte " + in.position());
        }
        return Optional.of(in.bytes((int) length));
    }

    private static long littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xffL)
                | (bytes[at + 1] & 0xffL) << 8
                | (bytes[at + 2] & 0xffL) << 16
                | (bytes[at + 3] & 0xffL) << 24;
    }

    private org.reg2rg.core.InputException tooFew() {
        return in.damaged("the file holds " + next + " frames (expected " + frames + ")");
    }
}
