package org.reg2rg.ct.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.InputException;

/**
 * An open DICOM file: its attributes have been read, its pixels are still to come. With or without the preamble of
 * Part 10, with or without meta information.
 */
final class DicomFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int PREAMBLE_BYTES = 128;

    /** Enough for the preamble and the head of the first attribute. */
    private static final int HEAD_BYTES = PREAMBLE_BYTES + 12;

    private final InputStream raw;
    private final ElementInput in;
    private final TransferSyntax syntax;
    private final DicomData data;
    private final Optional<DicomParser.Pixels> pixels;
    private final MessageDigest digest;

    private DicomFile(InputStream raw, MessageDigest digest, ElementInput in, ReadLimits limits) throws IOException {
        this.raw = raw;
        this.in = in;
        this.digest = digest;
        skipPreamble(in);
        var meta = new DicomData(DicomCharset.ASCII);
        boolean explicitMeta = hasTypeLetters(in.peek(6));
        new DicomParser(in, limits, explicitMeta).readMeta(meta);
        TransferSyntax.Header inferred = inferHeader(in.peek(8));
        this.syntax = meta.text(Tag.TRANSFER_SYNTAX).map(TransferSyntax::of).orElseGet(() -> switch (inferred) {
            case IMPLICIT_LITTLE -> TransferSyntax.IMPLICIT_LITTLE;
            case EXPLICIT_LITTLE, DEFLATED -> TransferSyntax.EXPLICIT_LITTLE;
            case EXPLICIT_BIG -> TransferSyntax.EXPLICIT_BIG;
        });
        if (syntax.header() == TransferSyntax.Header.DEFLATED) {
            in.replace(DicomFile::inflate);
        }
        // What stands in the file counts more than what its meta information claims.
        TransferSyntax.Header header =
                syntax.header() == TransferSyntax.Header.DEFLATED ? inferHeader(in.peek(8)) : inferred;
        in.order(header == TransferSyntax.Header.EXPLICIT_BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        this.data = new DicomData(DicomCharset.ASCII);
        this.pixels = new DicomParser(in, limits, header != TransferSyntax.Header.IMPLICIT_LITTLE).readTop(data);
    }

    /**
     * Opens a file and reads its attributes, up to the pixels.
     *
     * @throws InputException if it is not DICOM or damaged
     */
    static DicomFile open(ByteSource source, ReadLimits limits) throws IOException {
        MessageDigest digest = Hashes.newSha256();
        InputStream raw = new DigestInputStream(source.open(), digest);
        boolean opened = false;
        try {
            var in = new ElementInput(source.name(), new BufferedInputStream(raw, BUFFER_BYTES));
            if (!looksLikeDicom(in.peek(HEAD_BYTES))) {
                throw new InputException(source.name(), "not a DICOM file", "give a CT as DICOM or NIfTI");
            }
            DicomFile file = new DicomFile(raw, digest, in, limits);
            opened = true;
            return file;
        } finally {
            if (!opened) {
                raw.close();
            }
        }
    }

    DicomData data() {
        return data;
    }

    TransferSyntax syntax() {
        return syntax;
    }

    Optional<DicomParser.Pixels> pixels() {
        return pixels;
    }

    ElementInput input() {
        return in;
    }

    /** Reads what is left and returns the SHA-256 of the whole file; to be called once, at the end. */
    byte[] finish() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (raw.read(buffer) >= 0) {
            continue; // the digest listens
        }
        return digest.digest();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Whether the first bytes of a file are those of a Part 10 file or of a bare data set. */
    static boolean looksLikeDicom(byte[] head) {
        if (hasPreamble(head)) {
            return true;
        }
        if (head.length < 12) {
            return false;
        }
        boolean little = head[1] == 0 && (head[0] == 2 || head[0] == 8);
        boolean big = head[0] == 0 && head[1] == 8;
        if (!little && !big) {
            return false;
        }
        int element = little ? (head[2] & 0xff) | (head[3] & 0xff) << 8 : (head[2] & 0xff) << 8 | (head[3] & 0xff);
        boolean plausible = element <= 0x18; // group length, character set, image type, class, instance
        long length = (head[4] & 0xffL) | (head[5] & 0xffL) << 8 | (head[6] & 0xffL) << 16 | (head[7] & 0xffL) << 24;
        return plausible && (hasTypeLetters(head) || (little && length <= 1024));
    }

    private static boolean hasPreamble(byte[] head) {
        return head.length >= PREAMBLE_BYTES + 4
                && head[PREAMBLE_BYTES] == 'D'
                && head[PREAMBLE_BYTES + 1] == 'I'
                && head[PREAMBLE_BYTES + 2] == 'C'
                && head[PREAMBLE_BYTES + 3] == 'M';
    }

    private static void skipPreamble(ElementInput in) throws IOException {
        if (hasPreamble(in.peek(PREAMBLE_BYTES + 4))) {
            in.skip(PREAMBLE_BYTES + 4);
        }
    }

    private static boolean hasTypeLetters(byte[] head) {
        return head.length >= 6 && ValueType.of(head[4] & 0xff, head[5] & 0xff).isPresent();
    }

    private static TransferSyntax.Header inferHeader(byte[] head) {
        if (!hasTypeLetters(head)) {
            return TransferSyntax.Header.IMPLICIT_LITTLE;
        }
        return head[0] == 0 && head[1] != 0
                ? TransferSyntax.Header.EXPLICIT_BIG
                : TransferSyntax.Header.EXPLICIT_LITTLE;
    }

    /** Deflated data sets have neither a zlib head nor a checksum. */
    private static InputStream inflate(InputStream deflated) {
        var inflating = new InflaterInputStream(deflated, new Inflater(true), BUFFER_BYTES) {
            @Override
            public void close() throws IOException {
                super.close();
                inf.end();
            }
        };
        return new BufferedInputStream(inflating, BUFFER_BYTES);
    }
}
