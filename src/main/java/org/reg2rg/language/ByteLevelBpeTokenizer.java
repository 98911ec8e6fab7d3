package org.reg2rg.language;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

/**
 * The tokenizer of GPT-2 and RoBERTa: text is cut into words, numbers and signs, each spelled in bytes, and the bytes
 * merged by a list (Radford et al. 2019). Read from {@code vocab.json} and {@code merges.txt}.
 */
public final class ByteLevelBpeTokenizer implements Tokenizer {
    private static final Pattern WORD = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final List<String> BEGINNINGS = List.of("<s>", "<|endoftext|>");
    private static final List<String> ENDS = List.of("</s>", "<|endoftext|>");
    private static final List<String> UNKNOWNS = List.of("<unk>", "<|endoftext|>");
    private static final Set<String> SPECIALS = Set.of("<s>", "</s>", "<pad>", "<unk>", "<mask>", "<|endoftext|>");
    /** A special piece spelled out in a text is that piece; the mask swallows the spaces before it. */
    private static final Pattern SPECIAL =
            Pattern.compile("<s>|</s>|<pad>|<unk>|\\s*<mask>|<\\|endoftext\\|>", Pattern.UNICODE_CHARACTER_CLASS);

    private static final int BYTES = 256;
    private static final int MAX_PIECES = 2_000_000;
    private static final long MAX_FILE_BYTES = 256L << 20;
    /** The letter that stands for each byte inside pieces: itself where it can be seen, else one from 256 on. */
    private static final char[] LETTERS = letters();

    private final String[] pieces;
    private final int[] byteIds = new int[BYTES];
    private final int[] byteOfLetter = new int[2 * BYTES];
    private final BpeMerges merges = new BpeMerges();
    private final Map<String, Integer> specials = new HashMap<>();
    private final int beginning;
    private final int end;
    private final int unknown;

    private ByteLevelBpeTokenizer(Path vocabulary, Map<String, Integer> ids, Path mergeFile) throws IOException {
        pieces = new String[ids.size()];
        ids.forEach((piece, id) -> pieces[id] = piece);
        SPECIALS.stream().filter(ids::containsKey).forEach(piece -> specials.put(piece, ids.get(piece)));
        beginning = special(vocabulary, ids, BEGINNINGS);
        end = special(vocabulary, ids, ENDS);
        unknown = special(vocabulary, ids, UNKNOWNS);
        for (int value = 0; value < BYTES; value++) {
            byteIds[value] = ids.getOrDefault(String.valueOf(LETTERS[value]), unknown);
            byteOfLetter[LETTERS[value]] = value;
        }
        addMerges(mergeFile, ids);
    }

    /** Reads {@code vocab.json} and {@code merges.txt} of a folder. */
    public static ByteLevelBpeTokenizer read(Path folder) throws IOException {
        return read(folder.resolve("vocab.json"), folder.resolve("merges.txt"));
    }

    /** Reads the two files. */
    public static ByteLevelBpeTokenizer read(Path vocabulary, Path merges) throws IOException {
        checkFile(vocabulary);
        checkFile(merges);
        return new ByteLevelBpeTokenizer(vocabulary, vocabulary(vocabulary), merges);
    }

    private static void checkFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    file.toString(), "there is no such file", "give a folder with vocab.json and merges.txt");
        }
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new InputException(
                    file.toString(), "has " + Files.size(file) + " bytes, too many", "give the tokenizer's own file");
        }
    }

    private static Map<String, Integer> vocabulary(Path file) throws IOException {
        JsonNode root = Json.read(file);
        if (!root.isObject() || root.isEmpty() || root.size() > MAX_PIECES) {
            throw bad(file, "has no list of pieces with their ids");
        }
        var ids = new HashMap<String, Integer>();
        boolean[] taken = new boolean[root.size()];
        for (Map.Entry<String, JsonNode> item : root.properties()) {
            JsonNode id = item.getValue();
            boolean inRange = id.isInt() && id.asInt() >= 0 && id.asInt() < taken.length;
            if (!inRange || taken[id.asInt()]) {
                throw bad(
                        file,
                        "piece '" + item.getKey() + "' has the id " + id + " (expected each of 0 to "
                                + (taken.length - 1) + " once)");
            }
            taken[id.asInt()] = true;
            ids.put(item.getKey(), id.asInt());
        }
        return ids;
    }

    private static int special(Path file, Map<String, Integer> ids, List<String> names) {
        return names.stream()
                .filter(ids::containsKey)
                .map(ids::get)
                .findFirst()
                .orElseThrow(() -> bad(file, "has none of the pieces " + String.join(", ", names)));
    }

    private void addMerges(Path file, Map<String, Integer> ids) throws IOException {
        int line = 0;
        for (String text : Files.readAllLines(file)) {
            line++;
            if (text.isEmpty() || line == 1 && text.startsWith("#version")) {
                continue;
            }
            int space = text.indexOf(' ');
            Integer left = space < 0 ? null : ids.get(text.substring(0, space));
            Integer right = space < 0 ? null : ids.get(text.substring(space + 1));
            Integer merged = ids.get(text.replaceFirst(" ", ""));
            if (left == null || right == null || merged == null) {
                throw bad(file, "line " + line + " '" + text + "' does not join two pieces of the vocabulary");
            }
            merges.add(left, right, merged);
        }
    }

    private static InputException bad(Path file, String problem) {
        return new InputException(file.toString(), problem, "give the vocab.json and merges.txt of one tokenizer");
    }

    @Override
    public int[] encode(String text) {
        var ids = IntStream.builder();
        Matcher special = SPECIAL.matcher(text);
        int done = 0;
        while (special.find()) {
            Integer id = specials.get(special.group().strip());
            if (id != null) {
                encodeWords(text.substring(done, special.start()), ids);
                ids.add(id);
                done = special.end();
            }
        }
        encodeWords(text.substring(done), ids);
        return ids.build().toArray();
    }

    private void encodeWords(String text, IntStream.Builder ids) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            for (int id : merges.apply(spell(word.group()))) {
                ids.add(id);
            }
        }
    }

    private int[] spell(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int[] symbols = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            symbols[i] = byteIds[bytes[i] & 0xFF];
        }
        return symbols;
    }

    @Override
    public String decode(int[] ids) {
        var bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            if (id >= 0 && id < pieces.length && !SPECIALS.contains(pieces[id])) {
                pieces[id]
                        .chars()
                        .filter(letter -> letter < byteOfLetter.length)
                        .forEach(letter -> bytes.write(byteOfLetter[letter]));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public int size() {
        return pieces.length;
    }

    @Override
    public int beginning() {
        return beginning;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public int unknown() {
        return unknown;
    }

    private static char[] letters() {
        char[] letters = new char[BYTES];
        char next = BYTES;
        for (int value = 0; value < BYTES; value++) {
            boolean visible = value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
            letters[value] = visible ? (char) value : next++;
        }
        return letters;
    }
}
