package org.reg2rg.language;

import static org.reg2rg.language.SentencePieceModel.SPACE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.core.InputException;
import org.reg2rg.language.SentencePieceModel.Kind;
import org.reg2rg.language.SentencePieceModel.Piece;

/**
 * The LLaMA tokenizer: BPE over characters with byte fallback, read from {@code tokenizer.model}. Encoding equals the
 * fast tokenizer that the published data sets use, decoding the slow one that the published model uses; the two differ
 * in their treatment of spaces beside special tokens.
 */
public final class SentencePieceTokenizer implements Tokenizer {
    private static final int BYTES = 256;

    private final SentencePieceModel model;
    private final Map<String, Integer> normal = new HashMap<>();
    private final int[] byteIds = new int[BYTES];
    private final BpeMerges merges = new BpeMerges();
    private final int beginning;
    private final int end;
    private final int unknown;

    public SentencePieceTokenizer(SentencePieceModel model) {
        this.model = model;
        this.beginning = model.control("<s>");
        this.end = model.control("</s>");
        this.unknown = model.only(Kind.UNKNOWN);
        List<Piece> pieces = model.pieces();
        int bytes = 0;
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            switch (piece.kind()) {
                case NORMAL, USER_DEFINED -> normal.putIfAbsent(piece.text(), id);
                case BYTE -> {
                    byteIds[byteValue(piece.text())] = id;
                    bytes++;
                }
                case UNKNOWN, CONTROL, UNUSED -> {}
            }
        }
        if (bytes != BYTES) {
            throw new InputException("tokenizer.model", "has " + bytes + " byte pieces", "expected 256");
        }
        addMerges();
    }

    /** Reads a {@code tokenizer.model}. */
    public static SentencePieceTokenizer read(Path file) throws IOException {
        return new SentencePieceTokenizer(SentencePieceModel.read(file));
    }

    /** Every way to make a piece from two: best score first, then by the ids of the two. */
    private void addMerges() {
        var found = new ArrayList<Merge>();
        normal.forEach((text, id) -> {
            for (int cut = 1; cut < text.length(); cut++) {
                Integer left = normal.get(text.substring(0, cut));
                Integer right = normal.get(text.substring(cut));
                if (left != null && right != null) {
                    found.add(new Merge(left, right, id, model.pieces().get(id).score()));
                }
            }
        });
        found.sort(Comparator.comparingDouble((Merge merge) -> -merge.score)
                .thenComparingInt(Merge::left)
                .thenComparingInt(Merge::right));
        found.forEach(merge -> merges.add(merge.left, merge.right, merge.merged));
    }

    @Override
    public int[] encode(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String spelled = (model.dummyPrefix() ? SPACE + text : text).replace(' ', SPACE);
        int[] symbols = new int[spelled.length() * 4];
        int count = 0;
        for (int at = 0; at < spelled.length(); ) {
            int codePoint = spelled.codePointAt(at);
            String character = Character.toString(codePoint);
            Integer id = normal.get(character);
            if (id != null) {
                symbols[count++] = id;
            } else {
                for (byte part : utf8(character)) {
                    symbols[count++] = byteIds[part & 0xFF];
                }
            }
            at += Character.charCount(codePoint);
        }
        return merges.apply(Arrays.copyOf(symbols, count));
    }

    /** A lone surrogate, which no UTF-8 text has, is spelled as the replacement character. */
    private static byte[] utf8(String character) {
        char first = character.charAt(0);
        boolean lone = character.length() == 1 && Character.isSurrogate(first);
        return (lone ? "\uFFFD" : character).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(int[] ids) {
        var text = new StringBuilder();
        var bytes = new ByteRun(text);
        boolean atStart = true;
        for (int id : ids) {
            if (id < 0 || id >= size()) {
                continue;
            }
            Piece piece = model.pieces().get(id);
            switch (piece.kind()) {
                case BYTE -> {
                    bytes.add(byteValue(piece.text()));
                    atStart = false;
                }
                case NORMAL, USER_DEFINED, UNUSED -> {
                    bytes.flush();
                    boolean dropSpace =
                            atStart && model.dummyPrefix() && piece.text().charAt(0) == SPACE;
                    text.append(dropSpace ? piece.text().substring(1) : piece.text());
                    atStart = false;
                }
                case CONTROL, UNKNOWN -> {}
            }
        }
        bytes.flush();
        return text.toString().replace(SPACE, ' ');
    }

    @Override
    public int size() {
        return model.pieces().size();
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

    /** 10 for {@code <0x0A>}. */
    private static int byteValue(String piece) {
        if (!piece.matches("<0x[0-9A-F]{2}>")) {
            throw new InputException("tokenizer.model", "has the byte piece '" + piece + "'", "expected <0x00>…<0xFF>");
        }
        return Integer.parseInt(piece, 3, 5, 16);
    }

    private record Merge(int left, int right, int merged, float score) {}
}
