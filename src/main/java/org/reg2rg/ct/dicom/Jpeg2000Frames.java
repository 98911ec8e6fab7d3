package org.reg2rg.ct.dicom;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * JPEG 2000 without loss (ITU-T T.800), through the JJ2000 decoder. That trusts its input, so that the head of the code
 * stream is checked here first: size, one component, few tiles, the reversible wavelet, sound tile-parts.
 */
record Jpeg2000Frames() implements FrameDecoder {
    static {
        // A slice is small; a temporary file for each would only cost time.
        ImageIO.setUseCache(false);
    }

    @Override
    public int[] decode(byte[] frame, PixelFormat format) throws CodecException {
        Jpeg2000Header header = Jpeg2000Header.read(frame);
        header.require(format);
        ImageReader reader;
        try {
            reader = new J2KImageReaderSpi().createReaderInstance(null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        try (ImageInputStream in = new EndingInput(frame)) {
            reader.setInput(in, true, true);
            Raster raster = reader.readRaster(0, null);
            if (raster.getWidth() != format.columns() || raster.getHeight() != format.rows()) {
                throw new CodecException("the JPEG 2000 image has another size than its header says");
            }
            return raster.getSamples(
                    raster.getMinX(), raster.getMinY(), format.columns(), format.rows(), 0, (int[]) null);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // JJ2000 says every kind of damage in its own way; whatever it throws means that the bytes are bad.
            throw new CodecException(
                    String.format(Locale.ROOT, "the JPEG 2000 pixels are damaged (%s)", e.getMessage()), e);
        } finally {
            reader.dispose();
        }
    }

    /** Ends with an exception: JJ2000 takes -1 for eight bits of 1, and waits for a 0 for ever. */
    private static final class EndingInput extends MemoryCacheImageInputStream {
        EndingInput(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value < 0) {
                throw new EOFException("the code stream ends early");
            }
            return value;
        }
    }
}
