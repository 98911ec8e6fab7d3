package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of a data set, up to its pixel data (PS3.5 section 7). It takes what occurs in practice:
 * sequences and items of defined or undefined length in any mixture, odd lengths, values of unknown meaning that hold
 * sequences, padding behind the end.
 */
final class DicomParser {
    private static final long UNDEFINED = 0xffff_ffffL;

    /**
     * Pixel data that are still to be read.
     *
     * @param tag whole numbers, floats or doubles
     * @param type 8 or 16 bits a word, for the byte order
     * @param length in bytes; -1 where they come in fragments
     */
    record Pixels(int tag, ValueType type, long length) {}

    private record Head(int tag, ValueType type, long length) {
        boolean undefined() {
            return length == UNDEFINED;
        }
    }

    private final ElementInput in;
    private final ReadLimits limits;
    private boolean explicit;
    private int elements;
    private long kept;

    DicomParser(ElementInput in, ReadLimits limits, boolean explicit) {
        this.in = in;
        this.limits = limits;
        this.explicit = explicit;
    }

    /** Reads until the pixel data or the end of the stream; returns the pixel data if there are such. */
    Optional<Pixels> readTop(DicomData into) throws IOException {
        while (!in.atEnd()) {
            Head head = head();
            if (Tag.isPixelData(head.tag())) {
                return Optional.of(new Pixels(head.tag(), head.type(), head.undefined() ? -1 : head.length()));
            }
            if (head.tag() == 0 || Tag.group(head.tag()) == 0xfffe) {
                return Optional.empty(); // padding behind the last attribute
            }
            add(head, into, 0);
        }
        return Optional.empty();
    }

    /** Reads the attributes of group 0002, which stand before every data set. */
    void readMeta(DicomData into) throws IOException {
        while (startsWithGroup2(in.peek(2))) {
            add(head(), into, 0);
        }
    }

    private static boolean startsWithGroup2(byte[] next) {
        return next.length == 2 && next[0] == 2 && next[1] == 0;
    }

    private Head head() throws IOException {
        int tag = in.tag();
        if (++elements > limits.elements()) {
            throw in.damaged("more than " + limits.elements() + " attributes");
        }
        if (Tag.group(tag) == 0xfffe) {
            return new Head(tag, ValueType.UN, in.u32());
        }
        if (!explicit) {
            return new Head(tag, ValueType.implied(tag), in.u32());
        }
        byte[] letters = in.peek(2);
        Optional<ValueType> type =
                letters.length < 2 ? Optional.empty() : ValueType.of(letters[0] & 0xff, letters[1] & 0xff);
        if (type.isEmpty()) {
            // Some writers leave single attributes implicit.
            return new Head(tag, ValueType.implied(tag), in.u32());
        }
        in.skip(2);
        if (type.get().hasLongLength()) {
            in.skip(2);
            return new Head(tag, type.get(), in.u32());
        }
        return new Head(tag, type.get(), in.u16());
    }

    private void add(Head head, DicomData into, int depth) throws IOException {
        DicomElement element = element(head, into.charset(), depth);
        if (element != null) {
            into.put(head.tag(), element);
        }
    }

    private @Nullable DicomElement element(Head head, DicomCharset charset, int depth) throws IOException {
        if (head.type() == ValueType.SQ) {
            return new DicomElement.Items(sequence(head, charset, depth + 1));
        }
        if (head.undefined()) {
            return undefined(head, charset, depth);
        }
        if (head.length() > limits.valueBytes()) {
            in.skip(head.length());
            return new DicomElement.TooLong(head.length());
        }
        kept += head.length();
        if (kept > limits.totalBytes()) {
            throw in.damaged("more than " + (limits.totalBytes() >> 20) + " MB of attributes before the pixel data");
        }
        return new DicomElement.Value(head.type(), in.bytes((int) head.length()), in.order());
    }

    private @Nullable DicomElement undefined(Head head, DicomCharset charset, int depth) throws IOException {
        switch (head.type()) {
            case OB, OW -> {
                skipFragments(head.tag());
                return null;
            }
            case UN -> {
                // PS3.5 section 6.2.2 note 2: unknown values of undefined length are implicit little endian.
                boolean outerExplicit = explicit;
                ByteOrder outerOrder = in.order();
                explicit = false;
                in.order(ByteOrder.LITTLE_ENDIAN);
                List<DicomData> items = sequence(head, charset, depth + 1);
                explicit = outerExplicit;
                in.order(outerOrder);
                return new DicomElement.Items(items);
            }
            default ->
                throw in.damaged("attribute " + Tag.format(head.tag()) + " of type " + head.type()
                        + " has no length at byte " + in.position());
        }
    }

    private List<DicomData> sequence(Head head, DicomCharset charset, int depth) throws IOException {
        if (depth > limits.depth()) {
            throw in.damaged("more than " + limits.depth() + " sequences inside one another");
        }
        long end = head.undefined() ? Long.MAX_VALUE : in.position() + head.length();
        List<DicomData> items = new ArrayList<>();
        while (in.position() < end) {
            Head item = head();
            switch (item.tag()) {
                case Tag.ITEM -> items.add(item(item, charset, depth));
                case Tag.SEQUENCE_END -> {
                    return items;
                }
                default ->
                    throw in.damaged("in sequence " + Tag.format(head.tag()) + " stands " + Tag.format(item.tag())
                            + " at byte " + in.position() + " (expected an item)");
            }
        }
        return items;
    }

    private DicomData item(Head item, DicomCharset charset, int depth) throws IOException {
        long end = item.undefined() ? Long.MAX_VALUE : in.position() + item.length();
        var data = new DicomData(charset);
        while (in.position() < end) {
            Head head = head();
            if (head.tag() == Tag.ITEM_END) {
                return data;
            }
            if (Tag.group(head.tag()) == 0xfffe) {
                throw in.damaged("inside an item stands " + Tag.format(head.tag()) + " at byte " + in.position());
            }
            add(head, data, depth);
        }
        return data;
    }

    /** Passes over compressed pixels inside a sequence: icons, which nobody reads. */
    private void skipFragments(int tag) throws IOException {
        while (true) {
            Head fragment = head();
            if (fragment.tag() == Tag.SEQUENCE_END) {
                return;
            }
            if (fragment.tag() != Tag.ITEM || fragment.undefined()) {
                throw in.damaged("the fragments of " + Tag.format(tag) + " are broken at byte " + in.position());
            }
            in.skip(fragment.length());
        }
    }
}
