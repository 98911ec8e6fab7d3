package org.reg2rg.tensor.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.reg2rg.core.InputException;

/** The bytes of a pickle, taken from front to back; no length is believed before it is checked. */
final class PickleInput {
    private static final int MAX_LINE = 1000;

    private final String subject;
    private final MemorySegment bytes;
    private long position;

    /** @param subject named in errors */
    PickleInput(String subject, MemorySegment bytes) {
        this.subject = subject;
        this.bytes = bytes;
    }

    long position() {
        return position;
    }

    long remaining() {
        return bytes.byteSize() - position;
    }

    int unsignedByte() {
        return take(1).get(ValueLayout.JAVA_BYTE, 0) & 0xFF;
    }

    int unsignedShort() {
        return take(2).get(WeightValues.SHORT, 0) & 0xFFFF;
    }

    int signedInt() {
        return take(4).get(WeightValues.INT, 0);
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() {
        return take(8).get(WeightValues.LONG, 0);
    }

    String utf8(long length) {
        return new String(array(length), StandardCharsets.UTF_8);
    }

    /** A two's complement, little-endian number of {@code length} bytes. */
    BigInteger whole(int length) {
        byte[] little = array(length);
        byte[] big = new byte[length];
        for (int i = 0; i < length; i++) {
            big[i] = little[length - 1 - i];
        }
        return length == 0 ? BigInteger.ZERO : new BigInteger(big);
    }

    /** A text up to the next line feed. */
    String line() {
        var text = new StringBuilder();
        for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
            if (text.length() == MAX_LINE) {
                throw damaged("a name is longer than " + MAX_LINE + " letters");
            }
            text.append((char) c);
        }
        return text.toString();
    }

    /** Steps over {@code length} bytes and gives them. */
    MemorySegment take(long length) {
        if (length < 0 || length > remaining()) {
            throw damaged(Long.toUnsignedString(length) + " bytes are announced at byte " + position + ", but "
                    + remaining() + " are left");
        }
        position += length;
        return bytes.asSlice(position - length, length);
    }

    InputException damaged(String detail) {
        return MappedFile.damaged(subject, "the pickle is damaged: " + detail);
    }

    private byte[] array(long length) {
        return take(length).toArray(ValueLayout.JAVA_BYTE);
    }
}
