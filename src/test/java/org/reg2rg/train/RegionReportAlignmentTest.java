package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reg2rg.train.ReferringExample.NO_LABEL;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Region;
import org.reg2rg.language.SentencePieceTokenizer;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.TinyModel;
import org.reg2rg.model.TinyParity;

class RegionReportAlignmentTest {
    /** One id per letter of a word, 4 for what is not a letter; words are split at blanks, which belong to the next word. */
    private static int[] letters(String text) {
        return text.chars()
                .filter(c -> c != ' ')
                .map(c -> c >= 'a' && c <= 'z' ? 10 + c - 'a' : 4)
                .toArray();
    }

    private static final ModelConfig CONFIG = TinyModel.config(300);
    private static final RegionReportAlignment LETTERS =
            new RegionReportAlignment(CONFIG, RegionReportAlignmentTest::letters, 1200);

    private static final List<RegionText> TEXTS = List.of(
            new RegionText(
                    Region.LUNG,
                    List.of(new RegionText.Sentence("clear.", 1), new RegionText.Sentence("one nodule.", 2))),
            new RegionText(Region.HEART, ""),
            new RegionText(Region.BONE, "ok"));

    @Test
    void idsAndLabelsAreThoseOfThePublishedDataSetAndCollator() throws Exception {
        var expected = TinyTraining.expected();
        var tokenizer = new SentencePieceTokenizer(TinyParity.tokenizer());
        var alignment = new RegionReportAlignment(TinyParity.config(), tokenizer::encode, TinyTraining.LONGEST);
        var items = TinyTraining.all(expected);
        assertThat(items).hasSizeGreaterThan(6);
        items.forEach((name, item) -> {
            ReferringExample example = alignment.inOrder(item.texts(tokenizer));
            assertThat(example.slots()).as(name).isEqualTo(item.slots());
            int length = example.ids().length;
            assertThat(example.ids()).as(name).isEqualTo(Arrays.copyOf(item.ids(), length));
            assertThat(example.labels()).as(name).isEqualTo(Arrays.copyOf(item.labels(), length));
            assertThat(Arrays.stream(item.labels()).skip(length)).as(name).containsOnly(NO_LABEL);
            assertThat(example.cut()).isFalse();
        });
    }

    /** The published code fails where a text leaves no place for its end; here it is cut. */
    @Test
    void theLongestTextThatKeepsItsEndIsThePublishedOne() throws Exception {
        var expected = TinyTraining.expected();
        var full = expected.get("full_length");
        int textTokens = full.get("text_tokens").asInt();
        var tokenizer = new SentencePieceTokenizer(TinyParity.tokenizer());
        List<RegionText> texts = TinyTraining.pair(expected).getLast().texts(tokenizer);
        ReferringExample whole =
                new RegionReportAlignment(TinyParity.config(), tokenizer::encode, textTokens + 1).inOrder(texts);
        int[] lastIds = TinyParity.ints(full.get("242").get("last_ids"));
        assertThat(Arrays.copyOfRange(whole.ids(), textTokens - 2, textTokens + 1))
                .isEqualTo(lastIds);
        assertThat(whole.labels()).endsWith(lastIds);
        assertThat(whole.cut()).isFalse();
        ReferringExample cut =
                new RegionReportAlignment(TinyParity.config(), tokenizer::encode, textTokens).inOrder(texts);
        assertThat(cut.cut()).isTrue();
        assertThat(cut.ids()).hasSize(textTokens).doesNotContain(2);
    }

    @Test
    void onlyTheAnswerIsLearned() {
        ReferringExample example = LETTERS.inOrder(TEXTS);
        int[] answer =
                letters("The region 0 is lung: clear. one nodule. The region 1 is heart: The region 2 is bone: ok");
        int prompt = example.ids().length - answer.length - 1;
        assertThat(Arrays.copyOf(example.labels(), prompt)).containsOnly(NO_LABEL);
        assertThat(Arrays.copyOfRange(example.labels(), prompt, example.ids().length - 1))
                .isEqualTo(answer);
        assertThat(example.labels()[example.ids().length - 1])
                .isEqualTo(CONFIG.language().end());
        assertThat(example.slots()).containsExactly(Region.LUNG, Region.HEART, Region.BONE);
    }

    @Test
    void onlyTheWordsOfASentenceWeighWhatItDoes() {
        ReferringExample example = LETTERS.inOrder(TEXTS);
        int[] places = IntStream.range(0, example.ids().length)
                .filter(i -> example.weights()[i] == 2)
                .toArray();
        int answer = (int)
                Arrays.stream(example.labels()).takeWhile(l -> l == NO_LABEL).count();
        int first = answer + letters("The region 0 is lung: clear.").length;
        assertThat(places)
                .isEqualTo(IntStream.range(first, first + letters("one nodule.").length)
                        .toArray());
        assertThat(example.weights()).containsOnly(1, 2);
    }

    @Test
    void whatCannotBeSpelledIsNotLearned() {
        var alignment = new RegionReportAlignment(CONFIG, text -> new int[] {5, 0, 6}, 1200);
        assertThat(alignment.inOrder(TEXTS).labels()).doesNotContain(0);
    }

    @Test
    void slotsAreShuffledAtEachDrawAndRepeatWithTheSeed() {
        Set<List<Region>> orders = new HashSet<>();
        for (int draw = 0; draw < 60; draw++) {
            ReferringExample example = LETTERS.draw(TEXTS, new Draws(5).of("slots", draw));
            assertThat(example.ids())
                    .isEqualTo(
                            LETTERS.draw(TEXTS, new Draws(5).of("slots", draw)).ids());
            orders.add(example.slots());
        }
        assertThat(orders).hasSize(6);
    }

    @Test
    void aPromptThatLeavesNoRoomIsRefused() {
        var alignment = new RegionReportAlignment(CONFIG, RegionReportAlignmentTest::letters, 100);
        assertThatThrownBy(() -> alignment.inOrder(TEXTS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a prompt with 3 regions takes")
                .hasMessageContaining("expected fewer than the 100");
    }

    @Test
    void aBatchPointsAtThePositionBeforeEachLabel() {
        var one = new ReferringExample(
                new int[] {1, 7, 8}, new int[] {NO_LABEL, 7, 8}, new float[] {1, 1, 3}, List.of(Region.LUNG), false);
        var other = new ReferringExample(
                new int[] {1, 5, 6, 7, 2},
                new int[] {NO_LABEL, NO_LABEL, 6, NO_LABEL, 2},
                new float[] {1, 1, 1, 1, 1},
                List.of(Region.LUNG),
                false);
        ReferringBatch batch = ReferringBatch.of(List.of(one, other));
        assertThat(batch.length()).isEqualTo(5);
        assertThat(batch.places()).containsExactly(0, 1, 6, 8);
        assertThat(batch.targets()).containsExactly(7, 8, 6, 2);
        assertThat(batch.weights()).containsExactly(1, 3, 1, 1);
    }
}
