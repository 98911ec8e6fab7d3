package org.reg2rg.tensor.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.reg2rg.core.InputException;

/** Compares the tensors of a file with those that a model needs, and names all that differ at once. */
public final class KeyCheck {
    private static final int MAX_NAMED = 20;

    private KeyCheck() {}

    /**
     * @param subject the file, named in the error
     * @param expected shape of every tensor that must be there
     * @param found shape of every tensor that is there
     * @throws InputException that names the missing, unexpected and wrongly shaped keys
     */
    public static void require(String subject, Map<String, List<Long>> expected, Map<String, List<Long>> found) {
        List<String> problems = new ArrayList<>();
        var missing = new TreeSet<>(expected.keySet());
        missing.removeAll(found.keySet());
        describe(problems, "missing", missing);
        var unexpected = new TreeSet<>(found.keySet());
        unexpected.removeAll(expected.keySet());
        describe(problems, "unexpected", unexpected);
        List<String> misshapen = found.entrySet().stream()
                .filter(item -> expected.containsKey(item.getKey()))
                .filter(item -> !item.getValue().equals(expected.get(item.getKey())))
                .map(item ->
                        item.getKey() + " (expected " + expected.get(item.getKey()) + ", got " + item.getValue() + ")")
                .sorted()
                .toList();
        describe(problems, "wrongly shaped", misshapen);
        if (!problems.isEmpty()) {
            throw new InputException(
                    subject,
                    "its tensors are not those of the model: " + String.join("; ", problems),
                    "give the file that belongs to this model");
        }
    }

    private static void describe(List<String> problems, String kind, Iterable<String> names) {
        var all = new ArrayList<String>();
        names.forEach(all::add);
        if (!all.isEmpty()) {
            String more = all.size() > MAX_NAMED ? " and " + (all.size() - MAX_NAMED) + " more" : "";
            problems.add(all.size() + " " + kind + ": "
                    + String.join(", ", all.subList(0, Math.min(MAX_NAMED, all.size()))) + more);
        }
    }
}
