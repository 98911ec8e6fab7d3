package org.reg2rg.label.radbert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.Golden;
import org.reg2rg.SharedFolder;
import org.reg2rg.Tolerance;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.label.Labellers;
import org.reg2rg.label.Labels;
import org.reg2rg.report.Finding;
import tools.jackson.databind.JsonNode;

/** Against the golden numbers of the published classifier on a small RoBERTa. */
class RadBertTest {
    private static Path folder() {
        return SharedFolder.require("parity/radbert");
    }

    private static List<JsonNode> texts() throws IOException {
        return Files.readAllLines(folder().resolve("texts.jsonl")).stream()
                .map(Json.MAPPER::readTree)
                .toList();
    }

    private static int[] ids(JsonNode row) {
        return StreamSupport.stream(row.path("ids").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    @Test
    void idsLogitsAndLabelsAreThePublishedOnes() throws IOException {
        Golden golden = Golden.read(folder().resolve("expected.safetensors"));
        List<JsonNode> rows = texts();
        int outputs = Finding.values().length;
        var logits = new float[rows.size() * outputs];
        var labels = new float[rows.size() * outputs];
        try (RadBert network = RadBert.open(folder())) {
            for (int i = 0; i < rows.size(); i++) {
                String text = rows.get(i).path("text").asString();
                assertThat(network.ids(text)).as("ids of text %d", i).isEqualTo(ids(rows.get(i)));
                System.arraycopy(network.logits(text), 0, logits, i * outputs, outputs);
            }
            for (int i = 0; i < labels.length; i++) {
                labels[i] = logits[i] >= 0 ? 1 : 0;
            }
            String last = rows.getLast().path("text").asString();
            Labels read = network.readAll(List.of("other", last)).get(1);
            for (Finding finding : Finding.values()) {
                assertThat(read.has(finding)).isEqualTo(labels[labels.length - outputs + finding.ordinal()] == 1);
            }
        }
        assertThat(rows).hasSize(52);
        golden.compare("logits", logits, Tolerance.TOWER_NMSE);
        golden.assertNoDepartures();
        assertThat(labels).isEqualTo(golden.values("labels"));
    }

    @Test
    void hiddenStatesAreThePublishedOnesPaddingIncluded() throws IOException {
        Golden golden = Golden.read(folder().resolve("expected.safetensors"));
        int[] ids = ids(texts().getFirst());
        try (RadBert network = RadBert.open(folder())) {
            int[] padded = Arrays.copyOf(ids, network.config().longest());
            Arrays.fill(padded, ids.length, padded.length, RadBert.PADDING);
            golden.compare("hidden0", network.hidden(padded), Tolerance.TOWER_NMSE);
            golden.assertNoDepartures();

            float[] alone = network.hidden(ids);
            float[] start = Arrays.copyOf(network.hidden(padded), alone.length);
            assertThat(Golden.nmse(alone, start))
                    .as("padding changes nothing")
                    .isLessThan(Tolerance.SAME_NMSE.absolute());
        }
    }

    @Test
    void aMissingTextIsTheWordNan() throws IOException {
        try (RadBert network = RadBert.open(folder())) {
            List<Labels> read = network.readAll(List.of("nan", "", "NA", "Clear lungs"));
            assertThat(read.get(1)).isEqualTo(read.get(0));
            assertThat(read.get(2)).isEqualTo(read.get(0));
            assertThat(network.logits("nan")).isNotEqualTo(network.logits(""));
        }
    }

    @Test
    void aFolderWithoutConfigIsRobertaBase(@TempDir Path empty) throws IOException {
        RadBertConfig base = RadBertConfig.read(empty);
        assertThat(base).isEqualTo(RadBertConfig.ROBERTA_BASE);
        long parameters = base.keys().values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, (a, b) -> a * b))
                .sum();
        assertThat(parameters).isEqualTo(124_645_632 + 13_842);
    }

    @Test
    void theKeysAreThoseOfThePublishedFile() throws IOException {
        Map<String, List<Long>> published = Json.read(folder().resolve("keys.json")).properties().stream()
                .filter(entry -> !entry.getKey().equals("model.embeddings.position_ids"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> StreamSupport.stream(entry.getValue().spliterator(), false)
                                .map(JsonNode::asLong)
                                .toList()));
        assertThat(RadBertConfig.read(folder()).keys()).isEqualTo(published);
    }

    @Test
    void wrongFoldersAreTold(@TempDir Path copy) throws IOException {
        assertThatThrownBy(() -> Labellers.open(copy.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the folder has no RadBertClassifier.pth");
        for (String name : List.of("RadBertClassifier.pth", "vocab.json", "merges.txt", "config.json")) {
            Files.copy(folder().resolve(name), copy.resolve(name));
        }
        String config = Files.readString(copy.resolve("config.json"));
        Files.writeString(
                copy.resolve("config.json"), config.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4"));
        assertThatThrownBy(() -> Labellers.open(copy.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its tensors are not those of the model")
                .hasMessageContaining("model.encoder.layer.3.");
        Files.writeString(copy.resolve("config.json"), config.replace("\"hidden_size\": 32", "\"hidden_size\": \"x\""));
        assertThatThrownBy(() -> Labellers.open(copy.toString()))
                .hasMessageContaining("hidden_size must be a whole number");
    }
}
