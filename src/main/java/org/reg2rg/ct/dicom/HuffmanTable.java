package org.reg2rg.ct.dicom;

import org.jspecify.annotations.Nullable;

/** A Huffman code of JPEG (T.81 annex C), as one table over the next sixteen bits. */
final class HuffmanTable {
    private static final int LONGEST = 16;

    /** Next sixteen bits → length of the code in the high byte, its symbol in the low one; 0 where there is no code. */
    private final short[] codes = new short[1 << LONGEST];

    private HuffmanTable() {}

    /** Reads the tables of one segment into their places. */
    static void read(JpegMarkers reader, @Nullable HuffmanTable[] tables) throws CodecException {
        int at = reader.segmentAt();
        while (at < reader.segmentEnd()) {
            int place = reader.u8(at) & 15;
            if (place > 3) {
                throw new CodecException("Huffman table " + place + " (expected 0 to 3)");
            }
            var table = new HuffmanTable();
            at = table.fill(reader, at + 1);
            tables[place] = table;
        }
    }

    private int fill(JpegMarkers reader, int countsAt) throws CodecException {
        int at = countsAt + LONGEST;
        int next = 0; // the next free code, left-aligned in sixteen bits
        for (int length = 1; length <= LONGEST; length++) {
            int span = 1 << LONGEST - length;
            for (int n = reader.u8(countsAt + length - 1); n > 0; n--) {
                int symbol = reader.u8(at++);
                if (next + span > codes.length || symbol > LONGEST) {
                    throw new CodecException("a Huffman table is damaged");
                }
                java.util.Arrays.fill(codes, next, next + span, (short) (length << 8 | symbol));
                next += span;
            }
        }
        return at;
    }

    int decode(JpegBits bits) throws CodecException {
        int code = codes[bits.peek16()];
        if (code == 0) {
            throw new CodecException("the JPEG pixels are damaged");
        }
        bits.skip(code >> 8);
        return code & 0xff;
    }
}
