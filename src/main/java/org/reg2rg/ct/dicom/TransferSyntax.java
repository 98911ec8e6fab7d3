package org.reg2rg.ct.dicom;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a data set is written (PS3.5 annex A and PS3.6 table A-1).
 *
 * @param uid its identifier
 * @param name the standard's name of it
 * @param header how the attributes are written
 * @param pixels how the pixels are compressed
 */
record TransferSyntax(String uid, String name, Header header, Pixels pixels) {
    /** How attributes are written. */
    enum Header {
        IMPLICIT_LITTLE,
        EXPLICIT_LITTLE,
        EXPLICIT_BIG,
        DEFLATED
    }

    /** How pixels are written. */
    enum Pixels {
        RAW,
        RLE,
        JPEG_LOSSLESS,
        JPEG_LS,
        JPEG_2000,
        NOT_READ
    }

    private static final String ROOT = "1.2.840.10008.1.2";

    static final TransferSyntax IMPLICIT_LITTLE =
            new TransferSyntax(ROOT, "Implicit VR Little Endian", Header.IMPLICIT_LITTLE, Pixels.RAW);
    static final TransferSyntax EXPLICIT_LITTLE =
            new TransferSyntax(ROOT + ".1", "Explicit VR Little Endian", Header.EXPLICIT_LITTLE, Pixels.RAW);
    static final TransferSyntax EXPLICIT_BIG =
            new TransferSyntax(ROOT + ".2", "Explicit VR Big Endian", Header.EXPLICIT_BIG, Pixels.RAW);
    static final TransferSyntax DEFLATED =
            new TransferSyntax(ROOT + ".1.99", "Deflated Explicit VR Little Endian", Header.DEFLATED, Pixels.RAW);

    private static final Map<String, TransferSyntax> KNOWN = List.of(
                    IMPLICIT_LITTLE,
                    EXPLICIT_LITTLE,
                    EXPLICIT_BIG,
                    DEFLATED,
                    packed("5", "RLE Lossless", Pixels.RLE),
                    packed("4.50", "JPEG Baseline (Process 1), lossy", Pixels.NOT_READ),
                    packed("4.51", "JPEG Extended (Process 2 & 4), lossy", Pixels.NOT_READ),
                    packed("4.53", "JPEG Spectral Selection (Process 6 & 8), lossy", Pixels.NOT_READ),
                    packed("4.55", "JPEG Full Progression (Process 10 & 12), lossy", Pixels.NOT_READ),
                    packed("4.57", "JPEG Lossless (Process 14)", Pixels.JPEG_LOSSLESS),
                    packed("4.70", "JPEG Lossless, First-Order Prediction", Pixels.JPEG_LOSSLESS),
                    packed("4.80", "JPEG-LS Lossless", Pixels.JPEG_LS),
                    packed("4.81", "JPEG-LS Lossy (Near-Lossless)", Pixels.JPEG_LS),
                    packed("4.90", "JPEG 2000 (Lossless Only)", Pixels.JPEG_2000),
                    packed("4.91", "JPEG 2000 (lossy allowed)", Pixels.JPEG_2000),
                    packed("4.92", "JPEG 2000 Multi-component (Lossless Only)", Pixels.NOT_READ),
                    packed("4.93", "JPEG 2000 Multi-component", Pixels.NOT_READ),
                    packed("4.94", "JPIP Referenced", Pixels.NOT_READ),
                    packed("4.95", "JPIP Referenced Deflate", Pixels.NOT_READ),
                    packed("4.100", "MPEG2 Main Profile / Main Level", Pixels.NOT_READ),
                    packed("4.102", "MPEG-4 AVC/H.264", Pixels.NOT_READ),
                    packed("4.107", "HEVC/H.265", Pixels.NOT_READ),
                    packed("4.110", "JPEG XL Lossless", Pixels.NOT_READ),
                    packed("4.111", "JPEG XL JPEG Recompression", Pixels.NOT_READ),
                    packed("4.112", "JPEG XL", Pixels.NOT_READ),
                    packed("4.201", "High-Throughput JPEG 2000 (Lossless Only)", Pixels.NOT_READ),
                    packed("4.202", "High-Throughput JPEG 2000 with RPCL (Lossless Only)", Pixels.NOT_READ),
                    packed("4.203", "High-Throughput JPEG 2000", Pixels.NOT_READ))
            .stream()
            .collect(Collectors.toUnmodifiableMap(TransferSyntax::uid, Function.identity()));

    private static TransferSyntax packed(String suffix, String name, Pixels pixels) {
        return new TransferSyntax(ROOT + "." + suffix, name, Header.EXPLICIT_LITTLE, pixels);
    }

    /** The syntax with this identifier; one that the standard did not have counts as compressed and not read. */
    static TransferSyntax of(String uid) {
        TransferSyntax known = KNOWN.get(uid);
        return known != null
                ? known
                : new TransferSyntax(uid, "unknown transfer syntax", Header.EXPLICIT_LITTLE, Pixels.NOT_READ);
    }

    @Override
    public String toString() {
        return name + " (" + uid + ")";
    }
}
