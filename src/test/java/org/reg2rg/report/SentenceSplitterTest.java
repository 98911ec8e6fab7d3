package org.reg2rg.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceSplitterTest {
    private static List<String> texts(String text) {
        return SentenceSplitter.split(text).stream()
                .map(SentenceSplitter.Sentence::text)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A nodule of 1.5 cm is seen in the left lung.",
                "Compared with the scan of 12.03.2020, the nodule has grown.",
                "Compared with the scan of 12. 03. 2020 it is stable.",
                "Compression of the T5. vertebra is present.",
                "Fracture of the left 5. rib.",
                "It measures approx. 12 mm, i.e. smaller than before.",
                "Nodules, e.g. Segment 6, are stable.",
                "Density differences (small airway disease? small vessel disease?) are seen.",
                "A nodule is seen (series 3, no. 45. see above) on the left.",
                "Mass in the left lung (malignant?).",
                "The report of Dr. A. Smith was read.",
                "The \"crazy paving\" pattern is seen.",
                "1. Small nodule in the right lung.",
                "Impression: stable nodule.",
                "the scan wraps\nover a line.",
                "The nodule in the\nRight upper lobe.",
                "Is it a mass?!",
                "Wait and see..."
            })
    void staysWhole(String sentence) {
        assertThat(texts(sentence)).containsExactly(sentence);
    }

    @Test
    void cutsAtTheEndOfASentence() {
        assertThat(texts("Heart size is normal. No effusion at T5. The lungs are clear! Mass (malignant?). Stable"))
                .containsExactly(
                        "Heart size is normal.",
                        "No effusion at T5.",
                        "The lungs are clear!",
                        "Mass (malignant?).",
                        "Stable");
        assertThat(texts("It measures 5 mm. no effusion is seen.The heart is large."))
                .containsExactly("It measures 5 mm.", "no effusion is seen.", "The heart is large.");
        assertThat(texts("The nodule measures 3. It is 4.")).containsExactly("The nodule measures 3.", "It is 4.");
    }

    @Test
    void bulletsQuotesAndLinesSeparate() {
        assertThat(texts("Lungs are clear. \" Nodule in the liver \" Small hernia.\"Cyst. \u2022 One \u2022 Two"))
                .containsExactly("Lungs are clear.", "Nodule in the liver", "Small hernia.", "Cyst.", "One", "Two");
        assertThat(texts("FINDINGS:\nNo effusion\nHeart normal\n\nIMPRESSION:\n1. Nodule\n2) Cyst\n- stable"))
                .containsExactly(
                        "FINDINGS:", "No effusion", "Heart normal", "IMPRESSION:", "1. Nodule", "2) Cyst", "stable");
    }

    @Test
    void blankTextHasNoSentence() {
        assertThat(texts("")).isEmpty();
        assertThat(texts(" \n . \" \u2022 ")).isEmpty();
    }

    @Test
    void offsetsCountCodePoints() {
        String text = "\uD83E\uDEC1 Lung clear. \"Mass \uD835\uDC00 seen.\"  End";
        int[] points = text.codePoints().toArray();
        for (var sentence : SentenceSplitter.split(text)) {
            assertThat(new String(points, sentence.start(), sentence.end() - sentence.start()))
                    .isEqualTo(sentence.text());
        }
        assertThat(SentenceSplitter.split(text).get(1))
                .isEqualTo(new SentenceSplitter.Sentence("Mass \uD835\uDC00 seen.", 15, 27));
    }

    @Test
    @Timeout(5)
    void hostileTextTakesNoLongerThanPlainText() {
        for (String unit : List.of("(", "\n", "\r", "\r\n", ".", ". ", "(. ", "a.", "1. ", "\" ", "a\n ")) {
            assertThat(SentenceSplitter.split(unit.repeat(300_000))).isNotNull();
        }
    }

    @Test
    void nothingIsLostOrDoubledInRandomText() {
        var random = new Random(7);
        String alphabet = "aBc1. \n\"(?)!,;:\u2022\r\uD83E\uDEC1-";
        int[] letters = alphabet.codePoints().toArray();
        for (int round = 0; round < 3000; round++) {
            String text = random.ints(random.nextInt(40), 0, letters.length)
                    .mapToObj(i -> Character.toString(letters[i]))
                    .collect(Collectors.joining());
            int[] points = text.codePoints().toArray();
            var cover = new int[points.length];
            int last = 0;
            for (var sentence : SentenceSplitter.split(text)) {
                assertThat(sentence.start()).isGreaterThanOrEqualTo(last);
                last = sentence.end();
                for (int i = sentence.start(); i < sentence.end(); i++) {
                    cover[i]++;
                }
            }
            for (int i = 0; i < points.length; i++) {
                if (Character.isLetterOrDigit(points[i])) {
                    assertThat(cover[i]).as("character %d of <%s>", i, text).isEqualTo(1);
                }
            }
        }
    }
}
