package org.reg2rg.evaluate.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The synonyms of WordNet 3.0 as NLTK finds them: base forms by its "morphy" rules for every part of speech, then all
 * one-word names of their synsets. Read from the database files in the jar {@code extjwnl-data-wn30}, which are the
 * original ones; look-ups are binary searches in them, so that nothing has to be built at the start.
 */
public final class WordNet {
    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn30/";

    /** Answers kept for reuse; a vocabulary beyond this is looked up again each time. */
    private static final int CACHE_LIMIT = 200_000;

    private final List<PartOfSpeech> parts;
    private final ConcurrentMap<String, Set<String>> cache = new ConcurrentHashMap<>();

    private WordNet(List<PartOfSpeech> parts) {
        this.parts = parts;
    }

    private static final class Holder {
        static final WordNet INSTANCE = load();
    }

    /** The one WordNet of the program, read at its first use (28 MB). */
    public static WordNet instance() {
        return Holder.INSTANCE;
    }

    private record Suffix(String old, String replacement) {}

    private record PartOfSpeech(byte[] index, byte[] data, Map<String, List<String>> exceptions, List<Suffix> rules) {}

    /** The word itself and every one-word name of its synsets, spelt as in the database. */
    public Set<String> synonyms(String word) {
        Set<String> known = cache.get(word);
        if (known != null) {
            return known;
        }
        Set<String> found = find(word);
        if (cache.size() < CACHE_LIMIT) {
            cache.put(word, found);
        }
        return found;
    }

    private Set<String> find(String word) {
        var names = new LinkedHashSet<String>();
        names.add(word);
        String lower = word.toLowerCase(Locale.ROOT);
        for (PartOfSpeech part : parts) {
            for (String line : baseForms(lower, part)) {
                addNames(line, part.data, names);
            }
        }
        return Set.copyOf(names);
    }

    /** The index lines of the base forms of a word: of itself and its rule forms, else of forms of those forms. */
    private static List<String> baseForms(String word, PartOfSpeech part) {
        List<String> irregular = part.exceptions.get(word);
        var forms = new ArrayList<String>();
        forms.add(word);
        if (irregular != null) {
            forms.addAll(irregular);
            return inIndex(forms, part);
        }
        List<String> derived = applyRules(List.of(word), part.rules);
        forms.addAll(derived);
        List<String> lines = inIndex(forms, part);
        while (lines.isEmpty() && !derived.isEmpty()) {
            derived = applyRules(derived, part.rules);
            lines = inIndex(derived, part);
        }
        return lines;
    }

    private static List<String> applyRules(List<String> forms, List<Suffix> rules) {
        var derived = new ArrayList<String>();
        for (String form : forms) {
            for (Suffix rule : rules) {
                if (form.endsWith(rule.old)) {
                    derived.add(form.substring(0, form.length() - rule.old.length()) + rule.replacement);
                }
            }
        }
        return derived;
    }

    private static List<String> inIndex(List<String> forms, PartOfSpeech part) {
        var lines = new ArrayList<String>();
        for (String form : new LinkedHashSet<>(forms)) {
            String line = lookUp(part.index, form);
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** The line of the sorted index that starts with the word and a blank, or an empty text. */
    private static String lookUp(byte[] index, String word) {
        if (word.isEmpty()) {
            return ""; // what is left of "s"; the licence at the top of the file begins with blanks
        }
        byte[] key = (word + " ").getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = index.length;
        while (low < high) {
            int start = lineStart(index, (low + high) >>> 1, low);
            int end = lineEnd(index, start);
            int order = Arrays.compareUnsigned(index, start, Math.min(end, start + key.length), key, 0, key.length);
            if (order == 0) {
                return new String(index, start, end - start, StandardCharsets.UTF_8);
            }
            if (order < 0) {
                low = end + 1;
            } else {
                high = start;
            }
        }
        return "";
    }

    private static int lineStart(byte[] bytes, int from, int lowest) {
        int i = from;
        while (i > lowest && bytes[i - 1] != '\n') {
            i--;
        }
        return i;
    }

    private static int lineEnd(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    /** An index line ends with as many byte offsets into the data file as its third field says. */
    private static void addNames(String indexLine, byte[] data, Set<String> names) {
        String[] fields = indexLine.strip().split(" +");
        int synsets = Integer.parseInt(fields[2]);
        for (int i = fields.length - synsets; i < fields.length; i++) {
            int start = Integer.parseInt(fields[i]);
            addNamesOfSynset(new String(data, start, lineEnd(data, start) - start, StandardCharsets.UTF_8), names);
        }
    }

    /** A data line: offset, file number, type, count of words in hexadecimal, then word and sense number in turn. */
    private static void addNamesOfSynset(String line, Set<String> names) {
        String[] fields = line.split(" ", -1);
        int words = Integer.parseInt(fields[3], 16);
        for (int i = 0; i < words; i++) {
            String name = fields[4 + 2 * i];
            int marker = name.indexOf('(');
            String bare = marker > 0 ? name.substring(0, marker) : name;
            if (bare.indexOf('_') < 0) {
                names.add(bare);
            }
        }
    }

    private static WordNet load() {
        List<Suffix> noun = rules("s:", "ses:s", "ves:f", "xes:x", "zes:z", "ches:ch", "shes:sh", "men:man", "ies:y");
        List<Suffix> verb = rules("s:", "ies:y", "es:e", "es:", "ed:e", "ed:", "ing:e", "ing:");
        List<Suffix> adjective = rules("er:", "est:", "er:e", "est:e");
        return new WordNet(
                List.of(part("noun", noun), part("verb", verb), part("adj", adjective), part("adv", List.of())));
    }

    private static List<Suffix> rules(String... pairs) {
        return Arrays.stream(pairs)
                .map(pair -> pair.split(":", -1))
                .map(pair -> new Suffix(pair[0], pair[1]))
                .toList();
    }

    private static PartOfSpeech part(String name, List<Suffix> rules) {
        var exceptions = new HashMap<String, List<String>>();
        for (String line : new String(read(name + ".exc"), StandardCharsets.UTF_8).split("\n", -1)) {
            String[] fields = line.strip().split(" +");
            if (fields.length > 1) {
                exceptions.put(fields[0], List.of(fields).subList(1, fields.length));
            }
        }
        return new PartOfSpeech(read("index." + name), read("data." + name), Map.copyOf(exceptions), rules);
    }

    private static byte[] read(String file) {
        try (InputStream in = WordNet.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("WordNet is not on the class path: no " + FOLDER + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read WordNet from the class path: " + file, e);
        }
    }
}
