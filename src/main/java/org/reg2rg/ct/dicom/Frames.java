package org.reg2rg.ct.dicom;

import org.reg2rg.core.InputException;

/** Decodes frames of a named file, so that damage is told with the file's name. */
record Frames(String name, PixelFormat format, FrameDecoder decoder) {
    /** One word a pixel. */
    int[] decode(byte[] frame) {
        try {
            return decoder.decode(frame, format);
        } catch (CodecException e) {
            throw new InputException(name, e.problem(), "copy the file again, or ask for it uncompressed", e);
        }
    }
}
