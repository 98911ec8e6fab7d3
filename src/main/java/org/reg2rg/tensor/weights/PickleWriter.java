package org.reg2rg.tensor.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the pickle (protocol 2) of an OrderedDict of tensors, as {@code torch.save} lays it out. */
final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        bytes(0x80, 2);
        global("collections", "OrderedDict");
        bytes(')', 'R', '(');
    }

    /** Adds a dense tensor that fills the storage {@code key}. */
    void tensor(String name, WeightType type, List<Long> shape, String key) {
        text(name);
        global("torch._utils", "_rebuild_tensor_v2");
        bytes('(', '(');
        text("storage");
        global("torch", type.torchStorage());
        text(key);
        text("cpu");
        whole(WeightEntry.elements(shape));
        bytes('t', 'Q');
        whole(0);
        tuple(shape);
        tuple(WeightEntry.rowMajor(shape));
        bytes(0x89);
        global("collections", "OrderedDict");
        bytes(')', 'R', 't', 'R');
    }

    /** The whole pickle. */
    byte[] finish() {
        bytes('u', '.');
        return out.toByteArray();
    }

    private void tuple(List<Long> numbers) {
        bytes('(');
        numbers.forEach(this::whole);
        bytes('t');
    }

    private void global(String module, String name) {
        bytes('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes('X');
        out.writeBytes(little(4).putInt(utf8.length).array());
        out.writeBytes(utf8);
    }

    private void whole(long number) {
        if (number == (int) number) {
            bytes('J');
            out.writeBytes(little(4).putInt((int) number).array());
        } else {
            bytes(0x8a, 8);
            out.writeBytes(little(8).putLong(number).array());
        }
    }

    private void bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
