package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.reg2rg.core.InputException;

/**
 * The frames of a segmentation object as stored: where each lies, which segment it belongs to, its pixels.
 *
 * @param frames in the order of the file
 * @param pixels values of all frames
 * @param type how pixels and segments belong together
 * @param size rows and columns of a frame
 */
record SegmentFrames(List<Frame> frames, Pixels pixels, Type type, PixelFormat size) {
    private static final int MOST_FRAMES = 200_000;

    private static final long MOST_PIXELS = 8L << 30;

    /** The values of Segmentation Type (0062,0001). */
    enum Type {
        BINARY,
        FRACTIONAL,
        LABELMAP
    }

    /**
     * @param plane where the frame lies
     * @param segment its number; of a label map 0, since every pixel names its own
     * @param spacingMm distance to the next frame as the file states it, or the thickness, or 0
     */
    record Frame(Plane plane, int segment, double spacingMm) {}

    /** The value of a pixel: 0 or 1, a level, or a label. */
    @FunctionalInterface
    interface Pixels {
        int at(int frame, int pixel);
    }

    static SegmentFrames read(DicomFile file) throws IOException {
        String name = file.input().name();
        DicomData data = file.data();
        Type type = type(data, name);
        PixelFormat format = PixelFormat.of(data, name);
        DicomParser.Pixels stored =
                file.pixels().orElseThrow(() -> new InputException(name, "no pixel data", "export it again"));
        List<Frame> frames = frames(data, name, type);
        long pixels = (long) frames.size() * format.pixels();
        if (pixels > MOST_PIXELS) {
            throw new InputException(name, pixels + " mask pixels are more than can be read", "export fewer segments");
        }
        if (format.bitsAllocated() == 1) {
            if (stored.length() < 0) {
                throw new InputException(name, "single bits in fragments cannot be read", "export it uncompressed");
            }
            byte[] bits = file.input().bytes((int) ((pixels + 7) / 8));
            int perFrame = format.pixels();
            return new SegmentFrames(
                    frames, (frame, pixel) -> bit(bits, (long) frame * perFrame + pixel), type, format);
        }
        return new SegmentFrames(frames, words(file, stored, format, frames.size()), type, format);
    }

    private static int bit(byte[] bits, long at) {
        return bits[(int) (at >> 3)] >> (at & 7) & 1;
    }

    private static Pixels words(DicomFile file, DicomParser.Pixels stored, PixelFormat format, int count)
            throws IOException {
        var decoder = new Frames(file.input().name(), format, FrameDecoder.of(file, stored));
        var input = new FrameInput(file, stored, format, count);
        short[][] frames = new short[count][];
        for (int f = 0; f < count; f++) {
            int[] words = decoder.decode(input.next());
            short[] values = new short[words.length];
            for (int i = 0; i < words.length; i++) {
                values[i] = (short) format.value(words[i]);
            }
            frames[f] = values;
        }
        return (frame, pixel) -> frames[frame][pixel] & 0xffff;
    }

    private static Type type(DicomData data, String name) {
        String text = data.text(Tag.SEGMENTATION_TYPE).orElse("BINARY");
        for (Type type : Type.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw new InputException(
                name,
                "segmentation type " + SeriesFacts.printable(text) + " (expected BINARY, FRACTIONAL or LABELMAP)",
                "export it as BINARY");
    }

    private static List<Frame> frames(DicomData data, String name, Type type) {
        List<DicomData> perFrame = data.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS);
        int count = data.integer(Tag.NUMBER_OF_FRAMES).orElse(perFrame.size());
        if (count < 1 || count > MOST_FRAMES || perFrame.size() < count) {
            throw new InputException(
                    name, count + " frames, but the place of " + perFrame.size(), "export the segmentation again");
        }
        DicomData shared = data.first(Tag.SHARED_FUNCTIONAL_GROUPS);
        List<Frame> frames = new ArrayList<>(count);
        for (DicomData groups : perFrame.subList(0, count)) {
            frames.add(frame(groups, shared, name, type));
        }
        return frames;
    }

    private static Frame frame(DicomData groups, DicomData shared, String name, Type type) {
        double[] position = group(Tag.PLANE_POSITION_SEQUENCE, groups, shared).numbers(Tag.IMAGE_POSITION);
        double[] orientation =
                group(Tag.PLANE_ORIENTATION_SEQUENCE, groups, shared).numbers(Tag.IMAGE_ORIENTATION);
        DicomData measures = group(Tag.PIXEL_MEASURES_SEQUENCE, groups, shared);
        double[] spacing = measures.numbers(Tag.PIXEL_SPACING);
        if (!Plane.isSound(position, orientation, spacing)) {
            throw new InputException(
                    name, "a frame without position, orientation or spacing", "export the segmentation again");
        }
        OptionalInt segment =
                group(Tag.SEGMENT_IDENTIFICATION_SEQUENCE, groups, shared).integer(Tag.REFERENCED_SEGMENT_NUMBER);
        if (segment.isEmpty() && type != Type.LABELMAP) {
            throw new InputException(name, "a frame that belongs to no segment", "export the segmentation again");
        }
        double step = measures.number(Tag.SPACING_BETWEEN_SLICES)
                .orElse(measures.number(Tag.SLICE_THICKNESS).orElse(0));
        return new Frame(Plane.of(position, orientation, spacing), segment.orElse(0), step);
    }

    private static DicomData group(int sequence, DicomData frame, DicomData shared) {
        return frame.has(sequence) ? frame.first(sequence) : shared.first(sequence);
    }
}
