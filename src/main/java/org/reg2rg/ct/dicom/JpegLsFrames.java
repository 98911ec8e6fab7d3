package org.reg2rg.ct.dicom;

/** JPEG-LS Lossless (ITU-T T.87). */
record JpegLsFrames() implements FrameDecoder {
    @Override
    public int[] decode(byte[] frame, PixelFormat format) throws CodecException {
        JpegLsHeader header = JpegLsHeader.read(frame);
        if (header.width() != format.columns() || header.height() != format.rows()) {
            throw new CodecException("the JPEG-LS image is " + header.width() + "×" + header.height() + " (expected "
                    + format.columns() + "×" + format.rows() + ")");
        }
        if (header.bits() > format.bitsAllocated()) {
            throw new CodecException("the JPEG-LS image has " + header.bits() + " bits a pixel (expected at most "
                    + format.bitsAllocated() + ")");
        }
        return new JpegLsDecoder(header, frame).decode();
    }
}
