package org.reg2rg.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;

/**
 * What a {@code tokenizer.model} file holds: the pieces of a BPE model with byte fallback, in the order of their ids.
 *
 * @param pieces with their scores
 * @param dummyPrefix whether a space is put before each text
 */
public record SentencePieceModel(List<Piece> pieces, boolean dummyPrefix) {
    /** Stands for a space inside a piece. */
    public static final char SPACE = '\u2581';

    static final int MAX_PIECES = 2_000_000;
    private static final long MAX_FILE_BYTES = 256L << 20;

    /** What a piece is for; the order is that of the file format, which counts from 1. */
    public enum Kind {
        NORMAL,
        UNKNOWN,
        CONTROL,
        USER_DEFINED,
        UNUSED,
        BYTE
    }

    /**
     * One piece.
     *
     * @param text with {@link #SPACE} for spaces; {@code <0x0A>} for a byte
     * @param score higher merges first
     */
    public record Piece(String text, float score, Kind kind) {}

    public SentencePieceModel {
        pieces = List.copyOf(pieces);
    }

    /** Reads a file; one that is damaged, or of another kind than LLaMA's, is an {@link InputException}. */
    public static SentencePieceModel read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file.toString(), "there is no such file", "give a folder with tokenizer.model");
        }
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new InputException(
                    file.toString(),
                    "has " + Files.size(file) + " bytes, more than a tokenizer.model can need",
                    "give a SentencePiece model");
        }
        return SentencePieceFormat.parse(file.toString(), Files.readAllBytes(file));
    }

    /** Writes a file that {@link #read} and the SentencePiece library read; equal models give equal bytes. */
    public void write(Path file) throws IOException {
        byte[] bytes = SentencePieceFormat.bytes(this);
        AtomicFiles.write(file, out -> out.write(bytes));
    }

    /** The id of the only piece of a kind that has exactly one, as the unknown piece is. */
    int only(Kind kind) {
        List<Piece> found =
                pieces.stream().filter(piece -> piece.kind() == kind).toList();
        if (found.size() != 1) {
            throw new InputException(
                    "tokenizer.model", "has " + found.size() + " pieces of the kind " + kind, "expected one");
        }
        return pieces.indexOf(found.getFirst());
    }

    /** The id of a control piece, as {@code <s>}. */
    int control(String text) {
        for (int id = 0; id < pieces.size(); id++) {
            if (pieces.get(id).kind() == Kind.CONTROL && pieces.get(id).text().equals(text)) {
                return id;
            }
        }
        throw new InputException("tokenizer.model", "has no control piece " + text, "give one of the LLaMA kind");
    }
}
