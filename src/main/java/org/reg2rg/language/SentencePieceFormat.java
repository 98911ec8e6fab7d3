package org.reg2rg.language;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.reg2rg.core.InputException;
import org.reg2rg.language.SentencePieceModel.Kind;
import org.reg2rg.language.SentencePieceModel.Piece;

/**
 * The protocol-buffer layout of {@code tokenizer.model} (sentencepiece_model.proto of google/sentencepiece): only the
 * fields that decide about encoding, each length checked.
 */
final class SentencePieceFormat {
    private static final int BPE = 2;
    private static final int MAX_PIECE_BYTES = 4096;

    private final String subject;
    private final List<Piece> pieces = new ArrayList<>();
    private long modelType = 1;
    private boolean byteFallback;
    private boolean dummyPrefix = true;
    private boolean removeExtraSpaces = true;
    private long characterMapBytes;

    private SentencePieceFormat(String subject) {
        this.subject = subject;
    }

    static SentencePieceModel parse(String subject, byte[] bytes) {
        var format = new SentencePieceFormat(subject);
        try {
            format.model(new ProtobufReader(bytes));
        } catch (ProtobufReader.Damaged e) {
            throw new InputException(
                    subject, "not a sound tokenizer.model: " + e.getMessage(), "download the file again", e);
        }
        format.checkKind();
        return new SentencePieceModel(format.pieces, format.dummyPrefix);
    }

    private void model(ProtobufReader in) throws ProtobufReader.Damaged {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> piece(in.message());
                case 2 -> trainer(in.message());
                case 3 -> normalizer(in.message());
                default -> in.skip();
            }
        }
    }

    private void piece(ProtobufReader in) throws ProtobufReader.Damaged {
        String text = "";
        float score = 0;
        long kind = 1;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> text = in.text(MAX_PIECE_BYTES);
                case 2 -> score = in.float32();
                case 3 -> kind = in.number();
                default -> in.skip();
            }
        }
        if (text.isEmpty() || kind < 1 || kind > Kind.values().length || Float.isNaN(score)) {
            throw new ProtobufReader.Damaged("piece " + pieces.size() + " is empty or of the unknown kind " + kind);
        }
        if (pieces.size() == SentencePieceModel.MAX_PIECES) {
            throw new ProtobufReader.Damaged("more than " + SentencePieceModel.MAX_PIECES + " pieces");
        }
        pieces.add(new Piece(text, score, Kind.values()[(int) kind - 1]));
    }

    private void trainer(ProtobufReader in) throws ProtobufReader.Damaged {
        while (in.next()) {
            switch (in.field()) {
                case 3 -> modelType = in.number();
                case 35 -> byteFallback = in.number() != 0;
                default -> in.skip();
            }
        }
    }

    private void normalizer(ProtobufReader in) throws ProtobufReader.Damaged {
        while (in.next()) {
            switch (in.field()) {
                case 2 -> characterMapBytes = in.message().remaining();
                case 3 -> dummyPrefix = in.number() != 0;
                case 4 -> removeExtraSpaces = in.number() != 0;
                default -> in.skip();
            }
        }
    }

    private void checkKind() {
        if (modelType != BPE || !byteFallback || removeExtraSpaces || characterMapBytes > 0) {
            throw new InputException(
                    subject,
                    "not a tokenizer of the LLaMA kind (expected BPE with byte fallback and text left as it is, got"
                            + " model type " + modelType + ", byte fallback " + byteFallback + ", spaces removed "
                            + removeExtraSpaces + ", " + characterMapBytes + " bytes of character rules)",
                    "give the tokenizer.model of a LLaMA folder");
        }
    }

    static byte[] bytes(SentencePieceModel model) {
        var out = new Message();
        for (Piece piece : model.pieces()) {
            var item = new Message().text(1, piece.text()).float32(2, piece.score());
            out.message(
                    1,
                    piece.kind() == Kind.NORMAL
                            ? item
                            : item.number(3, piece.kind().ordinal() + 1));
        }
        // BPE; vocabulary size; digits apart; byte fallback; what decoding shows for an unknown piece
        out.message(
                2,
                new Message()
                        .number(3, BPE)
                        .number(4, model.pieces().size())
                        .number(25, 1)
                        .number(35, 1)
                        .text(44, " \u2047 "));
        out.message(
                3,
                new Message()
                        .text(1, "identity")
                        .number(3, model.dummyPrefix() ? 1 : 0)
                        .number(4, 0)
                        .number(5, 1));
        return out.bytes();
    }

    /** A message being written. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message float32(int field, float value) {
            varint((long) field << 3 | 5);
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        Message text(int field, String text) {
            return bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message message) {
            return bytes(field, message.bytes());
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private Message bytes(int field, byte[] bytes) {
            varint((long) field << 3 | 2);
            varint(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
