package org.reg2rg.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

class ReferringPromptTest {
    private static final SpecialTokens PUBLISHED = new SpecialTokens(32000, 32, 33, 10);

    @Test
    void idsOfTheSpecialTokensAreThePublishedOnes() {
        assertThat(PUBLISHED.size()).isEqualTo(32366);
        assertThat(PUBLISHED.globalIds())
                .hasSize(34)
                .startsWith(32000, 32004, 32005)
                .endsWith(32035, 32001);
        assertThat(PUBLISHED.regionIds(0)).hasSize(35).startsWith(32002, 32036).endsWith(32068, 32003);
        assertThat(PUBLISHED.regionIds(1)).startsWith(32002, 32069);
        assertThat(PUBLISHED.regionIds(9)).endsWith(32365, 32003);
        assertThat(PUBLISHED.regionText(1))
                .startsWith("<region><region33><region34>")
                .endsWith("<region65></region>");
        assertThatThrownBy(() -> PUBLISHED.regionIds(10)).hasMessage("slot 10 of 10");
    }

    @Test
    void eachRunOfWordsIsEncodedOnItsOwn() {
        var tokens = new SpecialTokens(100, 2, 3, 4);
        List<String> seen = new ArrayList<>();
        int[] ids = ReferringPrompt.of(PromptVariant.RADGENOME, 2)
                .withAnswer("The region 0 is lung: clear. ")
                .ids(
                        1,
                        words -> {
                            seen.add(words);
                            return new int[] {7};
                        },
                        tokens);
        assertThat(ids)
                .containsExactly(1, 7, 100, 104, 105, 101, 7, 102, 106, 107, 108, 103, 7, 102, 109, 110, 111, 103, 7);
        assertThat(seen.subList(0, 3))
                .containsExactly(
                        "The global information is provided as the context: ",
                        ". The region 0 is ",
                        ". The region 1 is ");
        assertThat(seen.getLast())
                .startsWith(". Given the provided")
                .endsWith("each region report. The region 0 is lung: clear. ");
    }

    @Test
    void ctrgAsksForAnOtherReport() {
        assertThat(ReferringPrompt.of(PromptVariant.CTRG, 1).text(PUBLISHED))
                .endsWith("when generating each region report. For those reports that have no specific region"
                        + " associated with them, generate an 'other report' at the end.");
    }

    @Test
    void thePlanReplacesWordsByRowsOfTheVisualTable() {
        var tokens = new SpecialTokens(100, 2, 3, 4);
        SplicePlan plan = SplicePlan.of(new int[] {5, 100, 105, 106, 9}, tokens, 1);
        assertThat(plan.words()).containsExactly(5, 0, 0, 0, 9);
        assertThat(plan.places()).containsExactly(1, 2, 3);
        assertThat(plan.rows()).containsExactly(0, 5, 6);
        assertThatThrownBy(() -> SplicePlan.of(new int[] {109}, tokens, 1))
                .hasMessage("id 109 is none of the 109 ids of a study with 1 regions");
    }

    @Test
    void promptsReadAsPublished() throws Exception {
        List<String> lines = Files.readAllLines(SharedFolder.require("parity/tokenizer/encode.jsonl"));
        int prompts = 0;
        for (String line : lines) {
            JsonNode sample = Json.MAPPER.readTree(line);
            if (sample.get("kind").asString().equals("prompt")) {
                prompts++;
                int regions = sample.get("regions").asInt();
                assertThat(ReferringPrompt.of(PromptVariant.RADGENOME, regions).text(PUBLISHED))
                        .isEqualTo(sample.get("text").asString());
            }
        }
        assertThat(prompts).isEqualTo(10);
    }
}
