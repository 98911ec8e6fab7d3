package org.reg2rg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.prompt.PromptVariant;
import org.reg2rg.prompt.ReferringPrompt;
import tools.jackson.databind.JsonNode;

/** A study folder as the published data set class reads it: slots, question and reference report to the letter. */
class StudyFolderParityTest {
    private static final StudyReader READER =
            new StudyReader(InputSpec.PUBLISHED, ModelGrid.RADGENOME, ModelGrid.Choice.AUTO);

    private static StudyFiles study(StudyFolder folder, String name) {
        return folder.studies().stream()
                .filter(s -> s.name().equals(name + ".nii.gz"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train_1_a_1", "train_2_b_1"})
    void slotsQuestionAndReferenceEqualThePublishedOnes(String name) throws IOException {
        Path parity = SharedFolder.require("parity/preprocess");
        JsonNode expected =
                Json.read(parity.resolve("expected.json")).get("studies").get(name);
        StudyFiles study = study(StudyFolder.open(parity.resolve("data")), name);
        StudyReader.Read read = READER.read(study, List.of(Region.values()));
        List<Region> slots = List.copyOf(read.input().regions().keySet());
        assertThat(slots.stream().map(Region::datasetName))
                .containsExactlyElementsOf(expected.get("region2area")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
        assertThat(study.name()).isEqualTo(expected.get("acc_num").asString());
        assertThat(study.combined(slots))
                .isEqualTo(expected.get("gt_combined_report").asString());
        assertThat(ReferringPrompt.of(PromptVariant.RADGENOME, slots.size())
                        .text(ModelConfig.published().tokens()))
                .isEqualTo(expected.get("question").asString());
    }

    @Test
    void whatIsLeftOutIsTold() throws IOException {
        StudyFolder folder = StudyFolder.open(SharedFolder.require("parity/preprocess/data"));
        assertThat(folder.leftOut())
                .extracting(LeftOut::toString)
                .containsExactly(
                        "train_1_a_1.nii.gz, mediastinum: it is reported but has no mask",
                        "train_9_z_1.nii.gz: it is reported but has no volume");
        assertThat(study(folder, "train_1_a_1").reported())
                .contains(Region.PLEURA)
                .doesNotContain(Region.MEDIASTINUM, Region.BREAST);
        assertThat(study(folder, "train_2_b_1").patient()).isEqualTo("train_2");
    }

    @Test
    void trainingGoesOnWithTheRest() throws IOException {
        StudyFolder folder = StudyFolder.open(SharedFolder.require("parity/preprocess/edge"));
        var data = new StudyDataset(folder.studies(), READER);
        int read = 0;
        for (int number = 0; number < data.size(); number++) {
            Optional<StudyDataset.Example> example = data.read(number);
            read += example.isPresent() ? 1 : 0;
            example.ifPresent(e ->
                    assertThat(e.texts()).containsOnlyKeys(e.input().regions().keySet()));
        }
        assertThat(read).isPositive().isLessThan(data.size());
        assertThat(data.leftOut().toString())
                .contains("no region is left: lung (nothing in its mask is denser than air: no voxel is"
                        + " above -1000 HU)")
                .contains("every region mask is empty (1 of 1)")
                .contains("no voxel is above -1000 HU, so there is nothing to see");
        assertThat(folder.leftOut().toString()).contains("train_5_e_1.nii.gz, heart: the sentence is empty");
        assertThat(data.files(0).name()).isEqualTo("train_3_c_1.nii.gz");
    }
}
