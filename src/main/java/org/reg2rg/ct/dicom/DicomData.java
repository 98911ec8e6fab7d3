package org.reg2rg.ct.dicom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A data set: attributes by tag. Getters are lenient: what is absent, empty or not a number is empty. */
final class DicomData {
    static final DicomData EMPTY = new DicomData(DicomCharset.ASCII);

    private final Map<Integer, DicomElement> elements = new HashMap<>();
    private DicomCharset charset;

    /** @param inherited the character set of the data set around this one */
    DicomData(DicomCharset inherited) {
        this.charset = inherited;
    }

    DicomCharset charset() {
        return charset;
    }

    /** Adds an attribute; of two with the same tag the first counts. */
    void put(int tag, DicomElement element) {
        elements.putIfAbsent(tag, element);
        if (tag == Tag.CHARACTER_SET) {
            charset = DicomCharset.of(texts(tag));
        }
    }

    boolean has(int tag) {
        return elements.containsKey(tag);
    }

    int size() {
        return elements.size();
    }

    /** The first value as text without padding; empty where there is none. */
    Optional<String> text(int tag) {
        List<String> all = texts(tag);
        return all.isEmpty() || all.getFirst().isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** All values of a text, without padding. */
    List<String> texts(int tag) {
        if (!(elements.get(tag) instanceof DicomElement.Value value)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (String part : decode(tag, value).split("\\\\", -1)) {
            texts.add(strip(part));
        }
        return texts;
    }

    /** All numbers of a value, written as digits or in binary; empty if one is not a number. */
    double[] numbers(int tag) {
        if (!(elements.get(tag) instanceof DicomElement.Value value)) {
            return new double[0];
        }
        ValueType type = value.type() == ValueType.UN ? ValueType.implied(tag) : value.type();
        int width = width(type);
        if (width == 0) {
            return parse(texts(tag));
        }
        ByteBuffer buffer = ByteBuffer.wrap(value.bytes()).order(value.order());
        double[] numbers = new double[value.bytes().length / width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = binary(type, buffer);
        }
        return numbers;
    }

    OptionalDouble number(int tag) {
        double[] all = numbers(tag);
        return all.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(all[0]);
    }

    OptionalInt integer(int tag) {
        OptionalDouble number = number(tag);
        return number.isPresent()
                        && number.getAsDouble() == Math.rint(number.getAsDouble())
                        && Math.abs(number.getAsDouble()) <= Integer.MAX_VALUE
                ? OptionalInt.of((int) number.getAsDouble())
                : OptionalInt.empty();
    }

    /** The data sets of a sequence; empty where there is none. */
    List<DicomData> items(int tag) {
        return elements.get(tag) instanceof DicomElement.Items items ? items.items() : List.of();
    }

    /** The first data set of a sequence, or one without attributes. */
    DicomData first(int tag) {
        List<DicomData> items = items(tag);
        return items.isEmpty() ? EMPTY : items.getFirst();
    }

    private String decode(int tag, DicomElement.Value value) {
        boolean plain = switch (value.type()) {
            case UI, CS, DS, IS, DA, TM, DT, AS, AE -> true;
            default -> tag == Tag.CHARACTER_SET;
        };
        return plain ? new String(value.bytes(), StandardCharsets.ISO_8859_1) : charset.decode(value.bytes());
    }

    private static String strip(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == 0 || text.charAt(end - 1) <= ' ')) {
            end--;
        }
        return text.substring(0, end).strip();
    }

    private static int width(ValueType type) {
        return switch (type) {
            case US, SS -> 2;
            case UL, SL, FL, AT -> 4;
            case FD -> 8;
            default -> 0;
        };
    }

    private static double binary(ValueType type, ByteBuffer buffer) {
        return switch (type) {
            case US -> buffer.getShort() & 0xffff;
            case SS -> buffer.getShort();
            case UL, AT -> buffer.getInt() & 0xffff_ffffL;
            case SL -> buffer.getInt();
            case FL -> buffer.getFloat();
            case FD -> buffer.getDouble();
            default -> throw new IllegalStateException("not a number: " + type);
        };
    }

    private static double[] parse(List<String> texts) {
        double[] numbers = new double[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            String text = texts.get(i);
            try {
                // Longer than the standard's 16 letters occurs; longer than 64 is not a number.
                numbers[i] = text.length() <= 64 ? Double.parseDouble(text) : Double.NaN;
            } catch (NumberFormatException _) {
                return new double[0];
            }
            if (!Double.isFinite(numbers[i])) {
                return new double[0];
            }
        }
        return numbers;
    }
}
