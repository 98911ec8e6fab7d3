package org.reg2rg.ct.dicom;

import org.reg2rg.ct.HounsfieldWindow;

/**
 * From stored numbers to Hounsfield units, for one slice.
 *
 * @param slope HU a unit
 * @param intercept HU of the stored 0
 * @param padding stored numbers that mean "no image here"
 */
record Rescale(double slope, double intercept, Padding padding) {
    /** Below this there is no image but filling: -2000 and -3024 (-2000 rescaled) are usual. */
    private static final double OUT_OF_FIELD_HU = -1500;

    /** Padding values between these HU are mistakes of the writer: they would punch holes into the body. */
    private static final double BODY_FROM_HU = -900;

    private static final double BODY_TO_HU = 3000;

    /** From the first to the last stored number, both included; none where the first is greater. */
    record Padding(long first, long last) {
        static final Padding NONE = new Padding(1, 0);
    }

    /** Reads the attributes of one slice; of an enhanced image those of a frame, with the padding of the whole. */
    static Rescale of(DicomData transform, DicomData whole, PixelFormat format) {
        double slope = transform.number(Tag.RESCALE_SLOPE).orElse(1);
        double intercept = transform.number(Tag.RESCALE_INTERCEPT).orElse(0);
        return new Rescale(slope, intercept, padding(whole, format, slope, intercept));
    }

    private static Padding padding(DicomData data, PixelFormat format, double slope, double intercept) {
        if (data.integer(Tag.PADDING_VALUE).isEmpty()) {
            return Padding.NONE;
        }
        long value = signedLike(format, data.integer(Tag.PADDING_VALUE).getAsInt());
        long limit = data.integer(Tag.PADDING_RANGE_LIMIT).isPresent()
                ? signedLike(format, data.integer(Tag.PADDING_RANGE_LIMIT).getAsInt())
                : value;
        var padding = new Padding(Math.min(value, limit), Math.max(value, limit));
        double from = padding.first * slope + intercept;
        double to = padding.last * slope + intercept;
        boolean inBody = Math.max(from, to) > BODY_FROM_HU && Math.min(from, to) < BODY_TO_HU;
        return inBody ? Padding.NONE : padding;
    }

    /** Files write this attribute as unsigned where the pixels are signed, and the other way round. */
    private static long signedLike(PixelFormat format, int value) {
        return format.bitsAllocated() == 16 ? (format.signed() ? (short) value : value & 0xffff) : value;
    }

    boolean isSound() {
        return slope != 0 && Math.abs(slope) < 1e6 && Math.abs(intercept) < 1e9;
    }

    /** Writes the HU of a decoded frame; returns how many pixels lie outside of the field of view. */
    int apply(int[] words, PixelFormat format, float[] to) {
        int outside = 0;
        for (int i = 0; i < words.length; i++) {
            long stored = format.value(words[i]);
            double hu = stored * slope + intercept;
            if (hu < OUT_OF_FIELD_HU || (stored >= padding.first && stored <= padding.last)) {
                to[i] = HounsfieldWindow.OUTSIDE_HU;
                outside++;
            } else {
                to[i] = (float) hu;
            }
        }
        return outside;
    }
}
