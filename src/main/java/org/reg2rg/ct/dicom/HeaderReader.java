package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.reg2rg.core.InputException;

/** Reads one file's attributes and makes slices of them, of a classic CT image or of the frames of an enhanced one. */
final class HeaderReader {
    private static final int MOST_FRAMES = 100_000;

    /**
     * What one file gives.
     *
     * @param facts of its series
     * @param slices empty if it holds none that can be used
     * @param problem why there is no slice; empty if there are
     */
    record Entry(SeriesFacts facts, List<Slice> slices, Optional<String> problem) {}

    private HeaderReader() {}

    /**
     * Reads up to the pixels.
     *
     * @throws InputException if the file is damaged before its pixels
     */
    static Entry read(ByteSource source) throws IOException {
        try (DicomFile file = DicomFile.open(source, ReadLimits.HEADER)) {
            DicomData data = file.data();
            SeriesFacts facts = SeriesFacts.of(data, file.syntax());
            if (!facts.isCt()) {
                return without(facts, "modality " + facts.kind().modality() + ", not CT");
            }
            if (file.pixels().isEmpty()) {
                return without(facts, "no pixel data");
            }
            try {
                PixelFormat format = PixelFormat.of(data, source.name());
                FrameDecoder.of(file, file.pixels().get());
                return slices(source, data, format, facts);
            } catch (InputException e) {
                return without(facts, withoutName(String.valueOf(e.getMessage()), source.name()));
            }
        }
    }

    static String withoutName(String message, String name) {
        return message.startsWith(name + ": ") ? message.substring(name.length() + 2) : message;
    }

    private static Entry without(SeriesFacts facts, String problem) {
        return new Entry(facts, List.of(), Optional.of(problem));
    }

    private static Entry slices(ByteSource source, DicomData data, PixelFormat format, SeriesFacts facts) {
        int frames = data.integer(Tag.NUMBER_OF_FRAMES).orElse(1);
        if (frames < 1 || frames > MOST_FRAMES) {
            return without(facts, frames + " frames");
        }
        List<DicomData> perFrame = data.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS);
        DicomData shared = data.first(Tag.SHARED_FUNCTIONAL_GROUPS);
        boolean enhanced = !perFrame.isEmpty() || shared.size() > 0;
        if (!enhanced && frames > 1) {
            return without(facts, frames + " frames of unknown place in one image (expected an enhanced CT)");
        }
        if (enhanced && perFrame.size() < frames) {
            return without(facts, frames + " frames but the place of only " + perFrame.size());
        }
        List<Slice> slices = new ArrayList<>(frames);
        for (int frame = 0; frame < frames; frame++) {
            var attributes =
                    enhanced ? Attributes.enhanced(data, shared, perFrame.get(frame)) : Attributes.classic(data);
            Optional<String> problem = attributes.problem();
            if (problem.isPresent()) {
                return without(facts, problem.get());
            }
            var origin = new Slice.Origin(
                    source, frame, frames, data.text(Tag.SOP_INSTANCE).orElse(""));
            slices.add(attributes.slice(origin, format));
        }
        return new Entry(facts, slices, Optional.empty());
    }

    /** The attributes of one slice, wherever a file keeps them. */
    private record Attributes(
            DicomData whole,
            DicomData position,
            DicomData orientation,
            DicomData measures,
            DicomData rescale,
            DicomData content) {
        static Attributes classic(DicomData data) {
            return new Attributes(data, data, data, data, data, data);
        }

        static Attributes enhanced(DicomData data, DicomData shared, DicomData frame) {
            return new Attributes(
                    data,
                    group(Tag.PLANE_POSITION_SEQUENCE, shared, frame),
                    group(Tag.PLANE_ORIENTATION_SEQUENCE, shared, frame),
                    group(Tag.PIXEL_MEASURES_SEQUENCE, shared, frame),
                    group(Tag.PIXEL_VALUE_SEQUENCE, shared, frame),
                    group(Tag.FRAME_CONTENT_SEQUENCE, shared, frame));
        }

        private static DicomData group(int sequence, DicomData shared, DicomData frame) {
            return frame.has(sequence) ? frame.first(sequence) : shared.first(sequence);
        }

        Optional<String> problem() {
            double[] p = position.numbers(Tag.IMAGE_POSITION);
            double[] o = orientation.numbers(Tag.IMAGE_ORIENTATION);
            double[] s = measures.numbers(Tag.PIXEL_SPACING);
            if (p.length == 0 || o.length == 0 || s.length == 0) {
                return Optional.of(
                        "no " + (s.length == 0 ? "pixel spacing" : p.length == 0 ? "position" : "orientation")
                                + " in the patient, so that sizes and places are unknown");
            }
            if (!Plane.isSound(p, o, s)) {
                return Optional.of("position, orientation or pixel spacing that cannot be");
            }
            double slope = rescale.number(Tag.RESCALE_SLOPE).orElse(1);
            return slope == 0 ? Optional.of("rescale slope 0") : Optional.empty();
        }

        Slice slice(Slice.Origin origin, PixelFormat format) {
            Plane plane = Plane.of(
                    position.numbers(Tag.IMAGE_POSITION),
                    orientation.numbers(Tag.IMAGE_ORIENTATION),
                    measures.numbers(Tag.PIXEL_SPACING));
            boolean localizer = whole.texts(Tag.IMAGE_TYPE).stream().anyMatch(t -> t.equalsIgnoreCase("LOCALIZER"));
            OptionalDouble between = measures.number(Tag.SPACING_BETWEEN_SLICES);
            var traits = new Slice.Traits(
                    whole.integer(Tag.ACQUISITION_NUMBER).orElse(0),
                    content.integer(Tag.TEMPORAL_POSITION_INDEX)
                            .orElse(whole.integer(Tag.TEMPORAL_POSITION).orElse(0)),
                    localizer,
                    whole.text(Tag.FRAME_OF_REFERENCE).orElse(""),
                    between);
            double thickness = measures.number(Tag.SLICE_THICKNESS).orElse(0);
            return new Slice(origin, plane, format, Rescale.of(rescale, whole, format), traits, thickness);
        }
    }
}
