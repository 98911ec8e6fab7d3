package org.reg2rg.ct.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Writes small DICOM files byte by byte, sound or broken, without the reader under test. */
final class DicomBytes {
    enum Encoding {
        IMPLICIT,
        EXPLICIT,
        BIG
    }

    private static final int UNDEFINED = -1;

    private sealed interface Content {}

    private record Bytes(String vr, byte[] little, int word) implements Content {}

    private record Items(List<DicomBytes> items, boolean undefined) implements Content {}

    private record Fragments(List<byte[]> fragments) implements Content {}

    private final SequencedMap<Integer, Content> elements = new TreeMap<>(Integer::compareUnsigned);

    DicomBytes text(int tag, String vr, String value) {
        return text(tag, vr, value, StandardCharsets.ISO_8859_1);
    }

    DicomBytes text(int tag, String vr, String value, Charset charset) {
        byte[] bytes = value.getBytes(charset);
        byte[] even = java.util.Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
        if (even.length > bytes.length) {
            even[bytes.length] = (byte) (vr.equals("UI") ? 0 : ' ');
        }
        return raw(tag, vr, even, 1);
    }

    DicomBytes us(int tag, int value) {
        return raw(tag, "US", new byte[] {(byte) value, (byte) (value >> 8)}, 2);
    }

    /** @param little the value in little endian words of {@code word} bytes */
    DicomBytes raw(int tag, String vr, byte[] little, int word) {
        elements.put(tag, new Bytes(vr, little, word));
        return this;
    }

    DicomBytes sequence(int tag, boolean undefined, DicomBytes... items) {
        elements.put(tag, new Items(List.of(items), undefined));
        return this;
    }

    DicomBytes fragments(int tag, byte[]... fragments) {
        elements.put(tag, new Fragments(List.of(fragments)));
        return this;
    }

    DicomBytes without(int tag) {
        elements.remove(tag);
        return this;
    }

    /** A bare data set. */
    byte[] dataSet(Encoding encoding) {
        var out = new Out(encoding);
        out.elements(this);
        return out.bytes.toByteArray();
    }

    /** A whole file: preamble, meta information, data set. */
    byte[] part10(Encoding encoding) {
        return switch (encoding) {
            case IMPLICIT -> part10(encoding, "1.2.840.10008.1.2");
            case EXPLICIT -> part10(encoding, "1.2.840.10008.1.2.1");
            case BIG -> part10(encoding, "1.2.840.10008.1.2.2");
        };
    }

    byte[] part10(Encoding encoding, String syntax) {
        return join(head(syntax), dataSet(encoding));
    }

    byte[] deflated() {
        byte[] plain = dataSet(Encoding.EXPLICIT);
        var deflater = new Deflater(6, true);
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + 100];
        int n = deflater.deflate(packed);
        deflater.end();
        return join(head("1.2.840.10008.1.2.1.99"), java.util.Arrays.copyOf(packed, n));
    }

    private static byte[] head(String syntax) {
        byte[] meta = new DicomBytes().text(Tag.TRANSFER_SYNTAX, "UI", syntax).dataSet(Encoding.EXPLICIT);
        return join(new byte[128], "DICM".getBytes(StandardCharsets.ISO_8859_1), meta);
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static final class Out {
        private final Encoding encoding;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Out(Encoding encoding) {
            this.encoding = encoding;
        }

        void elements(DicomBytes data) {
            data.elements.forEach((tag, content) -> {
                switch (content) {
                    case Bytes b -> {
                        head(tag, b.vr, b.little.length);
                        bytes.writeBytes(encoding == Encoding.BIG ? swapped(b) : b.little);
                    }
                    case Items i -> items(tag, i);
                    case Fragments f -> {
                        head(tag, "OB", UNDEFINED);
                        for (byte[] fragment : f.fragments) {
                            item(Tag.ITEM, fragment.length);
                            bytes.writeBytes(fragment);
                        }
                        item(Tag.SEQUENCE_END, 0);
                    }
                }
            });
        }

        private void items(int tag, Items content) {
            var inner = new Out(encoding);
            for (DicomBytes item : content.items) {
                byte[] body = item.dataSet(encoding);
                inner.item(Tag.ITEM, content.undefined ? UNDEFINED : body.length);
                inner.bytes.writeBytes(body);
                if (content.undefined) {
                    inner.item(Tag.ITEM_END, 0);
                }
            }
            if (content.undefined) {
                inner.item(Tag.SEQUENCE_END, 0);
            }
            head(tag, "SQ", content.undefined ? UNDEFINED : inner.bytes.size());
            bytes.writeBytes(inner.bytes.toByteArray());
        }

        private void item(int tag, int length) {
            tag(tag);
            number(length, 4);
        }

        private void head(int tag, String vr, int length) {
            tag(tag);
            if (encoding == Encoding.IMPLICIT) {
                number(length, 4);
                return;
            }
            bytes.writeBytes(vr.getBytes(StandardCharsets.ISO_8859_1));
            if (ValueType.valueOf(vr).hasLongLength()) {
                number(0, 2);
                number(length, 4);
            } else {
                number(length, 2);
            }
        }

        private void tag(int tag) {
            number(tag >>> 16, 2);
            number(tag & 0xffff, 2);
        }

        private void number(int value, int width) {
            ByteOrder order = encoding == Encoding.BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            ByteBuffer buffer = ByteBuffer.allocate(width).order(order);
            bytes.writeBytes((width == 2 ? buffer.putShort((short) value) : buffer.putInt(value)).array());
        }

        private static byte[] swapped(Bytes value) {
            byte[] big = value.little.clone();
            for (int i = 0; i < big.length; i++) {
                int at = i - i % value.word + (value.word - 1 - i % value.word);
                big[i] = value.little[Math.min(at, big.length - 1)];
            }
            return big;
        }
    }
}
