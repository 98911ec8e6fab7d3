package org.reg2rg.ct.dicom;

import java.nio.ByteBuffer;

/**
 * Walks the tile-parts of a JPEG 2000 code stream (T.800 A.4). Coded data never hold a byte FF before one above 8F;
 * JJ2000 reads two bytes FF in a packet header as 1-bits without end, so that such streams must not reach it.
 */
final class Jpeg2000Tiles {
    private static final int TILE = 0xff90;
    private static final int DATA = 0xff93;
    private static final int END = 0xffd9;
    private static final int LARGEST_AFTER_FF = 0x8f;
    private static final int PACKET_START = 0x91;
    private static final int PACKET_HEADER_END = 0x92;

    private final byte[] frame;
    private final ByteBuffer in;

    private Jpeg2000Tiles(byte[] frame) {
        this.frame = frame;
        this.in = ByteBuffer.wrap(frame);
    }

    /**
     * Checks all tile-parts.
     *
     * @param first index of the first tile-part, behind the main header
     * @throws CodecException if they are cut off or hold what coded data never do
     */
    static void check(byte[] frame, int first) throws CodecException {
        var tiles = new Jpeg2000Tiles(frame);
        int at = first;
        while (tiles.u16(at) != END) {
            at = tiles.tilePart(at);
        }
    }

    /** Checks one tile-part and returns where the next begins. */
    private int tilePart(int start) throws CodecException {
        if (u16(start) != TILE || start + 12 > frame.length) {
            throw new CodecException("a JPEG 2000 tile is missing at byte " + start);
        }
        long length = in.getInt(start + 6) & 0xffff_ffffL;
        int at = start + 12;
        while (u16(at) != DATA) {
            int segment = u16(at + 2);
            if (u16(at) < 0xff00 || segment < 2) {
                throw new CodecException("a JPEG 2000 tile header is damaged at byte " + at);
            }
            at += 2 + segment;
        }
        at += 2;
        long end = length == 0 ? lastMarker() : start + length;
        if (end < at || end > frame.length) {
            throw new CodecException("a JPEG 2000 tile is cut off");
        }
        scan(at, (int) end);
        return (int) end;
    }

    private void scan(int from, int to) throws CodecException {
        for (int i = from; i + 1 < to; i++) {
            int after = frame[i + 1] & 0xff;
            if (frame[i] == -1 && after > LARGEST_AFTER_FF && after != PACKET_START && after != PACKET_HEADER_END) {
                throw new CodecException("the JPEG 2000 pixels are damaged at byte " + i);
            }
        }
    }

    /** Where the end marker stands; its presence has been checked. */
    private int lastMarker() {
        int at = frame.length - 2;
        while (at > 0 && (frame[at] != -1 || (frame[at + 1] & 0xff) != (END & 0xff))) {
            at--;
        }
        return at;
    }

    private int u16(int at) throws CodecException {
        if (at + 2 > frame.length) {
            throw new CodecException("the JPEG 2000 stream is cut off");
        }
        return in.getShort(at) & 0xffff;
    }
}
