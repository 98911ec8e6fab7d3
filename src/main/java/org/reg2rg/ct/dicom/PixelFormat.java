package org.reg2rg.ct.dicom;

import org.reg2rg.core.InputException;

/**
 * How one frame is stored (PS3.3 C.7.6.3).
 *
 * @param rows voxels downwards
 * @param columns voxels to the side
 * @param bitsAllocated bits from one stored value to the next: 1, 8, 16 or 32
 * @param bitsStored bits that belong to the value
 * @param highBit place of its highest bit
 * @param signed whether that highest bit is a sign
 */
record PixelFormat(int rows, int columns, int bitsAllocated, int bitsStored, int highBit, boolean signed) {
    private static final int MOST_PIXELS = 1 << 26;

    /**
     * Checks what a file says of its pixels.
     *
     * @param name of the file, for errors
     * @throws InputException if they are not one number a pixel, of 1 to 32 bits
     */
    static PixelFormat of(DicomData data, String name) {
        int rows = data.integer(Tag.ROWS).orElse(0);
        int columns = data.integer(Tag.COLUMNS).orElse(0);
        if (rows < 1 || columns < 1 || (long) rows * columns > MOST_PIXELS) {
            throw new InputException(
                    name, "the image is " + columns + "×" + rows + " pixels, which cannot be", "send the file again");
        }
        int samples = data.integer(Tag.SAMPLES_PER_PIXEL).orElse(1);
        String photometric = data.text(Tag.PHOTOMETRIC).orElse("MONOCHROME2");
        if (samples != 1 || !photometric.startsWith("MONOCHROME")) {
            throw new InputException(
                    name,
                    "a colour image (" + photometric + ", values a pixel: " + samples + "; expected grey values)",
                    "give the CT images, not screenshots of them");
        }
        int allocated = data.integer(Tag.BITS_ALLOCATED).orElse(16);
        int stored = data.integer(Tag.BITS_STORED).orElse(allocated);
        int high = data.integer(Tag.HIGH_BIT).orElse(stored - 1);
        boolean known = allocated == 1 || allocated == 8 || allocated == 16 || allocated == 32;
        if (!known || stored < 1 || stored > allocated || high < stored - 1 || high >= allocated) {
            throw new InputException(
                    name,
                    "pixels of " + allocated + " bits, of which " + stored + " count up to bit " + high
                            + ", cannot be read (expected 8, 16 or 32)",
                    "send the file again");
        }
        boolean signed = data.integer(Tag.PIXEL_REPRESENTATION).orElse(0) == 1;
        return new PixelFormat(rows, columns, allocated, stored, high, signed);
    }

    int pixels() {
        return rows * columns;
    }

    /** Bytes of one uncompressed frame; frames of single bits are packed without gaps and have no such number. */
    int frameBytes() {
        return pixels() * (bitsAllocated / 8);
    }

    /** The number that a stored word stands for: its bits cut out, its sign extended. */
    long value(int word) {
        int shift = highBit + 1 - bitsStored;
        int left = 32 - bitsStored;
        int aligned = word >>> shift << left;
        return signed ? aligned >> left : (aligned >>> left) & 0xffff_ffffL;
    }
}
