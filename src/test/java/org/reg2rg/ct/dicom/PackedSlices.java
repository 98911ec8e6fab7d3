package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** The small compressed files of {@code tools/golden/dicom_codecs.py}. */
final class PackedSlices {
    private static final List<String> NAMES = List.of(
            "u8.rle",
            "u8.jpegls",
            "u8.j2k",
            "u8.jpeg1",
            "u8.jpeg4",
            "u12.rle",
            "u12.jpegls",
            "u12.j2k",
            "u12.jpeg1",
            "u12.jpeg2",
            "u12.jpeg3",
            "u12.jpeg4",
            "u12.jpeg5",
            "u12.jpeg6",
            "u12.jpeg7",
            "s16.rle",
            "s16.jpegls",
            "s16.j2k",
            "s16.jpeg1",
            "s16.jpeg4",
            "frames.table",
            "frames.notable");

    private PackedSlices() {}

    static List<String> names() {
        return NAMES;
    }

    static byte[] read(String name) {
        try (InputStream in = PackedSlices.class.getResourceAsStream(name + ".dcm")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The single slices of all codecs and kinds. */
    static SequencedMap<String, byte[]> all() {
        var all = new LinkedHashMap<String, byte[]>();
        NAMES.stream().filter(name -> !name.startsWith("frames")).forEach(name -> all.put(name, read(name)));
        return all;
    }
}
