package org.reg2rg.language;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Fields of a protocol buffer, one after the other; no length is believed before it is checked. */
final class ProtobufReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int MAX_VARINT_BITS = 63;

    private final ByteBuffer in;
    private int field;
    private int wire;

    /** The bytes are no message of this kind. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String message) {
            super(message);
        }
    }

    ProtobufReader(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private ProtobufReader(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Steps to the next field; false at the end. Its value must be taken or skipped before the next call. */
    boolean next() throws Damaged {
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) (tag & 7);
        return true;
    }

    int field() {
        return field;
    }

    int remaining() {
        return in.remaining();
    }

    long number() throws Damaged {
        expect(VARINT);
        return varint();
    }

    float float32() throws Damaged {
        expect(FIXED_32);
        return bytes(4).getFloat();
    }

    String text(int maxBytes) throws Damaged {
        ProtobufReader content = message();
        if (content.remaining() > maxBytes) {
            throw new Damaged("a text of " + content.remaining() + " bytes (at most " + maxBytes + ")");
        }
        return StandardCharsets.UTF_8.decode(content.in).toString();
    }

    /** A field that is a message or bytes. */
    ProtobufReader message() throws Damaged {
        expect(BYTES);
        return new ProtobufReader(bytes(varint()));
    }

    void skip() throws Damaged {
        switch (wire) {
            case VARINT -> varint();
            case FIXED_64 -> bytes(8);
            case BYTES -> bytes(varint());
            case FIXED_32 -> bytes(4);
            default -> throw new Damaged("field " + field + " has the unknown layout " + wire);
        }
    }

    private void expect(int expected) throws Damaged {
        if (wire != expected) {
            throw new Damaged("field " + field + " has the layout " + wire + " (expected " + expected + ")");
        }
    }

    private ByteBuffer bytes(long length) throws Damaged {
        if (length < 0 || length > in.remaining()) {
            throw new Damaged("cut off: " + length + " bytes are announced, " + in.remaining() + " are left");
        }
        ByteBuffer slice = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) length);
        return slice;
    }

    private long varint() throws Damaged {
        long value = 0;
        for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
            byte part = bytes(1).get();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new Damaged("a number of more than ten bytes");
    }
}
