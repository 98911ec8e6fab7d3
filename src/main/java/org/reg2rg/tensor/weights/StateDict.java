package org.reg2rg.tensor.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.core.InputException;
import org.reg2rg.tensor.weights.PickleValue.Dictionary;
import org.reg2rg.tensor.weights.PickleValue.Global;
import org.reg2rg.tensor.weights.PickleValue.Plain;
import org.reg2rg.tensor.weights.PickleValue.Sequence;
import org.reg2rg.tensor.weights.PickleValue.Storage;
import org.reg2rg.tensor.weights.PickleValue.Text;
import org.reg2rg.tensor.weights.PickleValue.View;
import org.reg2rg.tensor.weights.PickleValue.Whole;

/** Finds the tensors in what a checkpoint's pickle holds, and names them by their path. */
final class StateDict {
    private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict");
    private static final int MAX_DEPTH = 16;
    private static final int MAX_VALUES = 2_000_000;

    private final String subject;
    private final Map<String, View> views = new LinkedHashMap<>();
    private int visited;

    private StateDict(String subject) {
        this.subject = subject;
    }

    /**
     * The tensors of a checkpoint: those of its {@code state_dict} or {@code model_state_dict} where it has one, else
     * all, nested dictionaries joined by dots.
     */
    static Map<String, View> views(String subject, PickleValue root) {
        if (!(root instanceof Dictionary dictionary)) {
            throw none(subject, "it holds no dictionary");
        }
        var found = new StateDict(subject);
        found.dictionary("", unwrap(dictionary), 0);
        if (found.views.isEmpty()) {
            throw none(subject, "its dictionary holds no tensors");
        }
        return found.views;
    }

    /** The entries for a {@link WeightSource}. */
    static List<WeightEntry> entries(Map<String, View> views) {
        var entries = new ArrayList<WeightEntry>();
        views.forEach((name, view) -> entries.add(new WeightEntry(
                name,
                view.storage().type(),
                view.shape(),
                view.strides(),
                view.offset(),
                view.storage().key())));
        return entries;
    }

    private static Dictionary unwrap(Dictionary dictionary) {
        for (String wrapper : WRAPPERS) {
            if (dictionary.items.get(wrapper) instanceof Dictionary inner) {
                return inner;
            }
        }
        return dictionary;
    }

    private void dictionary(String prefix, Dictionary dictionary, int depth) {
        for (Map.Entry<String, PickleValue> item : dictionary.items.entrySet()) {
            visit(prefix + item.getKey(), item.getValue(), depth);
        }
    }

    private void visit(String name, PickleValue value, int depth) {
        if (++visited > MAX_VALUES || depth > MAX_DEPTH) {
            throw none(subject, "its values are nested more than " + MAX_DEPTH + " deep or more than " + MAX_VALUES);
        }
        switch (value) {
            case View view -> views.put(name, view);
            case Dictionary dictionary -> dictionary(name + ".", dictionary, depth + 1);
            case Sequence sequence -> {
                for (int i = 0; i < sequence.items.size(); i++) {
                    visit(name + "." + i, sequence.items.get(i), depth + 1);
                }
            }
            case Plain _, Text _, Whole _, Global _, Storage _ -> {}
        }
    }

    private static InputException none(String subject, String reason) {
        return new InputException(
                subject, "no state dict in the file: " + reason, "give a file that was saved from state_dict()");
    }
}
