package org.reg2rg.tensor.weights;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.core.InputException;
import org.reg2rg.tensor.weights.PickleValue.Dictionary;
import org.reg2rg.tensor.weights.PickleValue.Global;
import org.reg2rg.tensor.weights.PickleValue.Plain;
import org.reg2rg.tensor.weights.PickleValue.Sequence;
import org.reg2rg.tensor.weights.PickleValue.Text;
import org.reg2rg.tensor.weights.PickleValue.Whole;

/**
 * A stack machine for the part of Python's pickle (protocols 2 to 5) that checkpoints of tensors use. It builds data and
 * nothing else: a global name outside the short list of {@link TorchPickle} is refused as soon as it is read, so no file
 * can have anything called. Memory stays proportional to the pickle, and nothing is recursive.
 */
final class PickleReader {
    private static final int MAX_LONG_BYTES = 255;

    private final PickleInput in;
    private final TorchPickle torch;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();

    PickleReader(String subject, PickleInput in) {
        this.in = in;
        this.torch = new TorchPickle(subject, in);
    }

    /** Reads one pickle up to its end mark and returns its value. */
    PickleValue read() {
        for (int opcode = in.unsignedByte(); opcode != '.'; opcode = in.unsignedByte()) {
            step(opcode);
        }
        PickleValue value = pop();
        if (!stack.isEmpty() || !marks.isEmpty()) {
            throw in.damaged("values are left over at its end");
        }
        return value;
    }

    /** Every storage that the pickle named, by key. */
    Map<String, PickleValue.Storage> storages() {
        return torch.storages();
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> checkProtocol(in.unsignedByte());
            case 0x95 -> in.signedLong(); // frame length, a hint for buffering
            case '(' -> marks.push(stack.size());
            case '0' -> pop();
            case '1' -> popMark();
            case '2' -> push(top());
            case 'c', 0x93, 'R', 0x81, 'b', 'Q' -> object(opcode);
            case 'q', 'r', 0x94, 'h', 'j' -> memory(opcode);
            case ')', 't', 0x85, 0x86, 0x87, ']', 'l', 'a', 'e' -> sequence(opcode);
            case '}', 'd', 's', 'u' -> dictionary(opcode);
            default -> scalar(opcode);
        }
    }

    private void checkProtocol(int protocol) {
        if (protocol < 2 || protocol > 5) {
            throw in.damaged("protocol " + protocol + " (2 to 5 are known)");
        }
    }

    private void scalar(int opcode) {
        switch (opcode) {
            case 'N' -> push(Plain.NONE);
            case 0x88 -> push(Plain.TRUE);
            case 0x89 -> push(Plain.FALSE);
            case 'K' -> push(whole(in.unsignedByte()));
            case 'M' -> push(whole(in.unsignedShort()));
            case 'J' -> push(whole(in.signedInt()));
            case 0x8a -> push(new Whole(in.whole(in.unsignedByte())));
            case 0x8b -> push(new Whole(in.whole(longLength(in.unsignedInt()))));
            case 'G' -> skip(8, Plain.REAL);
            case 0x8c -> push(new Text(in.utf8(in.unsignedByte())));
            case 'X' -> push(new Text(in.utf8(in.unsignedInt())));
            case 0x8d -> push(new Text(in.utf8(in.signedLong())));
            case 'U' -> push(new Text(in.utf8(in.unsignedByte())));
            case 'T' -> push(new Text(in.utf8(in.unsignedInt())));
            case 'C' -> skip(in.unsignedByte(), Plain.BYTES);
            case 'B' -> skip(in.unsignedInt(), Plain.BYTES);
            case 0x8e -> skip(in.signedLong(), Plain.BYTES);
            default -> throw unknownOpcode(opcode);
        }
    }

    private void object(int opcode) {
        switch (opcode) {
            case 'c' -> {
                String module = in.line();
                push(torch.global(module, in.line()));
            }
            case 0x93 -> {
                String name = text(pop());
                push(torch.global(text(pop()), name));
            }
            case 'Q' -> push(torch.storage(items(pop())));
            case 'b' -> pop(); // attributes of a dictionary (the _metadata of a state dict) carry no tensors
            default -> {
                List<PickleValue> arguments = items(pop());
                if (!(pop() instanceof Global global)) {
                    throw in.damaged("something is called that has no name");
                }
                push(torch.build(global, arguments));
            }
        }
    }

    private void memory(int opcode) {
        switch (opcode) {
            case 'q' -> memo.put((long) in.unsignedByte(), top());
            case 'r' -> memo.put(in.unsignedInt(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> push(recalled(in.unsignedByte()));
            default -> push(recalled(in.unsignedInt()));
        }
    }

    private void sequence(int opcode) {
        switch (opcode) {
            case ')', ']' -> push(new Sequence(new ArrayList<>()));
            case 't', 'l' -> push(new Sequence(popMark()));
            case 'a' -> {
                PickleValue item = pop();
                items(top()).add(item);
            }
            case 'e' -> {
                List<PickleValue> added = popMark();
                items(top()).addAll(added);
            }
            default -> push(new Sequence(popMany(opcode - 0x84)));
        }
    }

    private void dictionary(int opcode) {
        switch (opcode) {
            case '}' -> push(new Dictionary());
            case 'd' -> {
                List<PickleValue> pairs = popMark();
                push(new Dictionary());
                put(pairs);
            }
            case 's' -> put(popMany(2));
            default -> put(popMark());
        }
    }

    /** Puts keys and values, which alternate, into the dictionary on top of the stack. */
    private void put(List<PickleValue> pairs) {
        if (!(top() instanceof Dictionary dictionary) || pairs.size() % 2 != 0) {
            throw in.damaged("an entry is set where there is no dictionary");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            dictionary.items.put(TorchPickle.key(pairs.get(i)), pairs.get(i + 1));
        }
    }

    private void push(PickleValue value) {
        stack.add(value);
    }

    private PickleValue pop() {
        return popMany(1).getFirst();
    }

    private PickleValue top() {
        checkDepth(1);
        return stack.getLast();
    }

    /** The last {@code count} values in the order in which they were pushed. */
    private List<PickleValue> popMany(int count) {
        checkDepth(count);
        List<PickleValue> tail = stack.subList(stack.size() - count, stack.size());
        List<PickleValue> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    private List<PickleValue> popMark() {
        if (marks.isEmpty()) {
            throw in.damaged("the stack has no mark");
        }
        return popMany(stack.size() - marks.pop());
    }

    /** Values below the last mark belong to an unfinished sequence and may not be taken. */
    private void checkDepth(int count) {
        int floor = marks.isEmpty() ? 0 : marks.getFirst();
        if (stack.size() - floor < count) {
            throw in.damaged("a value is taken from an empty stack");
        }
    }

    private PickleValue recalled(long index) {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw in.damaged("memo " + index + " was never stored");
        }
        return value;
    }

    private List<PickleValue> items(PickleValue value) {
        if (value instanceof Sequence sequence) {
            return sequence.items;
        }
        throw in.damaged("a list or tuple was expected");
    }

    private String text(PickleValue value) {
        if (value instanceof Text text) {
            return text.value();
        }
        throw in.damaged("a text was expected");
    }

    private static Whole whole(long value) {
        return new Whole(BigInteger.valueOf(value));
    }

    private int longLength(long claimed) {
        if (claimed > MAX_LONG_BYTES) {
            throw in.damaged("a number of " + claimed + " bytes");
        }
        return (int) claimed;
    }

    private void skip(long bytes, PickleValue value) {
        in.take(bytes);
        push(value);
    }

    private InputException unknownOpcode(int opcode) {
        return in.damaged(
                "code 0x" + Integer.toHexString(opcode) + " at byte " + (in.position() - 1) + " has no place in it");
    }
}
