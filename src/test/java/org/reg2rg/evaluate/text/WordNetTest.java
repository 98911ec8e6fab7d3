package org.reg2rg.evaluate.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordNetTest {
    @Test
    void whatIsLeftOfAnEndingIsNoWord() {
        assertThat(WordNet.instance().synonyms("ses")).contains("ses");
        assertThat(WordNet.instance().synonyms("")).containsExactly("");
    }

    @Test
    void synonymsOfAPlural() {
        assertThat(WordNet.instance().synonyms("lungs")).contains("lungs", "lung");
    }
}
