package org.reg2rg.ct.dicom;

import org.reg2rg.core.InputException;

/** Turns the stored bytes of one frame into words, one a pixel, row by row from the top left. Safe for many threads. */
@FunctionalInterface
interface FrameDecoder {
    /**
     * @return {@code rows·columns} words; {@link PixelFormat#value} tells the number each stands for
     * @throws CodecException if the bytes are damaged
     */
    int[] decode(byte[] frame, PixelFormat format) throws CodecException;

    /**
     * The decoder for a file.
     *
     * @throws InputException if its compression is not read, naming it and what to do
     */
    static FrameDecoder of(DicomFile file, DicomParser.Pixels pixels) {
        TransferSyntax syntax = file.syntax();
        if (pixels.tag() != Tag.PIXEL_DATA) {
            throw new InputException(
                    file.input().name(),
                    "the pixels are floating-point numbers (expected whole numbers)",
                    "export the CT as CT Image Storage or as NIfTI");
        }
        boolean lossy = file.data().text(Tag.LOSSY_COMPRESSION).orElse("00").equals("01");
        FrameDecoder decoder = switch (syntax.pixels()) {
            case RAW -> new RawFrames(file.input().order(), pixels.type() == ValueType.OW);
            case RLE -> new RleFrames();
            case JPEG_LOSSLESS -> new JpegLosslessFrames();
            case JPEG_LS -> {
                if (lossy) {
                    throw refused(file);
                }
                yield new JpegLsFrames();
            }
            case JPEG_2000 -> {
                if (lossy) {
                    throw refused(file);
                }
                yield new Jpeg2000Frames();
            }
            case NOT_READ -> throw refused(file);
        };
        boolean fragments = pixels.length() < 0;
        if (fragments == (syntax.pixels() == TransferSyntax.Pixels.RAW)) {
            throw file.input()
                    .damaged("the pixels are " + (fragments ? "" : "not ")
                            + "in fragments, which contradicts the transfer syntax " + syntax);
        }
        return decoder;
    }

    private static InputException refused(DicomFile file) {
        return new InputException(
                file.input().name(),
                "the pixels are compressed as " + file.syntax() + ", which is not read (lossless syntaxes are)",
                "ask the archive for the original as Explicit VR Little Endian,"
                        + " or unpack a lossless one with 'gdcmconv --raw IN OUT'");
    }
}
