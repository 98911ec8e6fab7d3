package org.reg2rg.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.core.InputException;
import org.reg2rg.language.SentencePieceModel.Kind;

/** A tokenizer that the project trains itself: reads back what it wrote, and every text survives. */
class SentencePieceTokenizerTest {
    private static final List<String> TEXTS = List.of(
            "The region 0 is lung: A 12 mm nodule is observed in the left lung.",
            "The region 1 is heart: The heart is normal in size. No effusion was observed.",
            "The region 2 is pleura: No effusion was observed in the left pleura.");

    @TempDir
    Path folder;

    @Test
    void writesAModelThatReadsBackEqual() throws IOException {
        SentencePieceModel model = BpeTrainer.train(TEXTS, 340);
        Path file = folder.resolve("tokenizer.model");
        model.write(file);
        assertThat(SentencePieceModel.read(file)).isEqualTo(model);
        BpeTrainer.train(TEXTS, 340).write(folder.resolve("again"));
        assertThat(folder.resolve("again")).hasSameBinaryContentAs(file);
    }

    @Test
    void hasTheLayoutOfLlama() {
        SentencePieceModel model = BpeTrainer.train(TEXTS, 340);
        assertThat(model.pieces()).hasSize(340);
        assertThat(model.pieces().subList(0, 4))
                .extracting(SentencePieceModel.Piece::text)
                .containsExactly("<unk>", "<s>", "</s>", "<0x00>");
        var tokenizer = new SentencePieceTokenizer(model);
        assertThat(List.of(tokenizer.unknown(), tokenizer.beginning(), tokenizer.end(), tokenizer.size()))
                .containsExactly(0, 1, 2, 340);
        assertThat(model.pieces())
                .filteredOn(piece -> piece.kind() == Kind.NORMAL)
                .noneMatch(piece -> piece.text().length() > 1 && piece.text().matches(".*\\d.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The region 0 is lung: A 12 mm nodule",
                " leading and  double  spaces ",
                "günlük 肺 \uD83E\uDEC1 \n\ttabs",
                "▁",
                "\u0000",
                "</s> <s> <unk> <0x0A>"
            })
    void everyTextSurvives(String text) {
        var tokenizer = new SentencePieceTokenizer(BpeTrainer.train(TEXTS, 340));
        int[] ids = tokenizer.encode(text);
        assertThat(tokenizer.decode(ids)).isEqualTo(text.replace('▁', ' '));
        assertThat(Arrays.stream(ids)).allMatch(id -> id >= 3 && id < tokenizer.size());
    }

    @Test
    void splitsWordsAsLearned() {
        var model = BpeTrainer.train(TEXTS, 340);
        var tokenizer = new SentencePieceTokenizer(model);
        assertThat(IntStream.of(tokenizer.encode("The region 12"))
                        .mapToObj(id -> model.pieces().get(id).text()))
                .containsExactly("▁The", "▁region", "▁", "1", "2");
        assertThat(tokenizer.encode("")).isEmpty();
    }

    @Test
    void numbersMayStayWhole() {
        var texts = new java.util.ArrayList<>(TEXTS);
        texts.add("The cyst measures 12 mm.");
        var model = BpeTrainer.train(texts, 320, BpeTrainer.Numbers.WHOLE);
        assertThat(IntStream.of(new SentencePieceTokenizer(model).encode("is 12 mm"))
                        .mapToObj(id -> model.pieces().get(id).text()))
                .startsWith("▁is", "▁12");
    }

    @Test
    void brokenBytesBecomeReplacementCharacters() {
        var tokenizer = new SentencePieceTokenizer(BpeTrainer.train(TEXTS, 340));
        int[] bytes = {0xC3, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0x80, 0xC0, 0x80, 0x41};
        int[] ids = IntStream.of(bytes).map(b -> b + 3).toArray();
        assertThat(tokenizer.decode(ids)).isEqualTo("\uFFFD€" + "\uFFFD".repeat(5) + "A");
        assertThat(tokenizer.decode(new int[] {1, 2, 0, -1, 999})).isEmpty();
    }

    @Test
    @Timeout(10)
    void aLongTextWithoutSpacesIsFast() {
        var tokenizer = new SentencePieceTokenizer(BpeTrainer.train(List.of("aaaa aaaa"), 264));
        assertThat(tokenizer.encode("a".repeat(1_000_000))).hasSizeBetween(250_000, 500_002);
    }

    @Test
    void aVocabularyWithoutRoomIsRefused() {
        assertThatThrownBy(() -> BpeTrainer.train(TEXTS, 260))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a vocabulary of 260 has no room for 3 special pieces, 256 bytes");
    }

    @Test
    void everyCutOfAFileIsRefused() throws IOException {
        Path file = folder.resolve("tokenizer.model");
        BpeTrainer.train(TEXTS, 300).write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SentencePieceTokenizer.read(file)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void anotherKindOfModelIsRefused() throws IOException {
        Path file = folder.resolve("tokenizer.model");
        Files.write(file, "\n\u0003\n\u0001a".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SentencePieceModel.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": not a tokenizer of the LLaMA kind (expected BPE with byte fallback");
        Files.writeString(file, "<html>");
        assertThatThrownBy(() -> SentencePieceModel.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": not a sound tokenizer.model");
    }
}
