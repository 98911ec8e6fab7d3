package org.reg2rg.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.Golden;
import org.reg2rg.SharedFolder;
import org.reg2rg.Tolerance;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import org.reg2rg.language.AnswerWriter;
import org.reg2rg.language.Decoding;
import org.reg2rg.language.GeneratedIds;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tap;
import org.reg2rg.tensor.Tensors;
import org.reg2rg.tensor.Torch;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightTensors;
import tools.jackson.databind.JsonNode;

/** The whole model, small, against the published code: from volumes to text. */
class TinyParityTest {
    private static final int VOCABULARY = 32000;
    private static final int STRIDE = 97;
    private static final Map<String, LoadedModel> MODELS = new LinkedHashMap<>();

    private static int threads = 1;

    @BeforeAll
    static void load() throws Exception {
        SharedFolder.require("parity/tiny");
        threads = Torch.threads();
        Torch.threads(1); // the tensors are too small to share
        MODELS.put("apart", TinyParity.load(Precision.FLOAT32, false));
        MODELS.put("merged", TinyParity.load(Precision.FLOAT32, true));
    }

    @AfterAll
    static void close() {
        MODELS.values().forEach(LoadedModel::close);
        MODELS.clear();
        Torch.threads(threads);
    }

    private static LoadedModel model(String name) {
        return requireNonNull(MODELS.get(name));
    }

    private static JsonNode expected() throws Exception {
        return Json.read(SharedFolder.require("parity/tiny/expected.json"));
    }

    private static Golden golden() throws Exception {
        return Golden.read(SharedFolder.require("parity/tiny/expected.safetensors"));
    }

    private record Run(Map<String, float[]> taps, long[] argmax) {}

    private static Run run(LoadedModel loaded, StudyVolumes study, int[] ids) {
        Map<String, float[]> taps = new LinkedHashMap<>();
        var generator = new Generator(loaded);
        long[] argmax = Scope.inference(() -> {
            var embeddings = loaded.model().embed(ids, generator.encode(study, Generator.SILENT));
            try (var _ = Tap.install(Golden.into(taps))) {
                var logits =
                        loaded.model().decoder().logits(loaded.model().decoder().forward(embeddings));
                return Tensors.toLongs(logits.argmax(new LongOptional(-1), false));
            }
        });
        return new Run(taps, argmax);
    }

    private static void compare(Golden golden, String name, Run run, Tolerance tolerance) throws Exception {
        for (String tap : List.of("embeds", "layer0", "layer15", "layer31", "norm")) {
            golden.compare(name + "." + tap, requireNonNull(run.taps.get(tap)), tolerance);
        }
        float[] logits = requireNonNull(run.taps.get("logits"));
        golden.compareColumns(name + ".logits_every97", logits, VOCABULARY, STRIDE, tolerance);
        golden.compare(
                name + ".logits_last",
                Arrays.copyOfRange(logits, logits.length - VOCABULARY, logits.length),
                tolerance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a_shuffled"})
    void everyStageAgrees(String name) throws Exception {
        JsonNode item = expected().get("a");
        var slots = TinyParity.slots(item.get(name.equals("a") ? "region2area" : "shuffled_region2area"));
        for (LoadedModel loaded : MODELS.values()) {
            Run run = run(loaded, TinyParity.study("a", slots), TinyParity.ints(item.get("lang_x")));
            Golden golden = golden();
            compare(golden, name, run, Tolerance.TOWER_NMSE);
            golden.assertNoDepartures();
            assertThat(run.argmax()).isEqualTo(longs(golden.values(name + ".argmax")));
        }
    }

    private static long[] longs(float[] values) {
        long[] longs = new long[values.length];
        Arrays.setAll(longs, i -> (long) values[i]);
        return longs;
    }

    @Test
    void theForwardOfThePaperIsTheSameComputation() throws Exception {
        JsonNode item = expected().get("a");
        var study = TinyParity.study("a", TinyParity.slots(item.get("region2area")));
        int[] ids = TinyParity.ints(item.get("lang_x"));
        List<Tensor> textures =
                study.regions().stream().map(r -> r.texture().tensor()).toList();
        List<Tensor> masks =
                study.regions().stream().map(r -> r.mask().tensor()).toList();
        Tensor logits = Scope.inference(
                () -> model("apart").model().forward(study.global().tensor(), textures, masks, ids));
        Golden golden = golden();
        golden.compare("a.logits_last", logits.select(0, 0).select(0, ids.length - 1), Tolerance.TOWER_NMSE);
        golden.assertNoDepartures();
    }

    @Test
    void aBatchOfTwoAgrees() throws Exception {
        JsonNode batch = expected().get("ab");
        LoadedModel loaded = model("apart");
        var generator = new Generator(loaded);
        Golden golden = golden();
        List<Tensor> embeddings = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int[] ids = TinyParity.ints(batch.get("lang_x").get(i));
            var study = TinyParity.study(
                    i == 0 ? "a" : "b",
                    TinyParity.slots(batch.get("region2area").get(i)));
            embeddings.add(Scope.inference(() -> loaded.model().embed(ids, generator.encode(study, Generator.SILENT))));
            golden.compare("ab." + i + ".embeds", embeddings.getLast(), Tolerance.TOWER_NMSE);
        }
        Tensor hidden = Scope.inference(() -> loaded.model().decoder().forward(Tensors.cat(0, embeddings)));
        for (int i = 0; i < 2; i++) {
            int used = batch.get("attention_mask_sum").get(i).asInt();
            var own = hidden.select(0, i).narrow(0, 0, used);
            golden.compare("ab." + i + ".norm", own, Tolerance.TOWER_NMSE);
            float[] logits = Tensors.toFloats(loaded.model().decoder().logits(own));
            golden.compareColumns("ab." + i + ".logits_every97", logits, VOCABULARY, STRIDE, Tolerance.TOWER_NMSE);
        }
        golden.assertNoDepartures();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a_shuffled"})
    void greedyTextIsExact(String name) throws Exception {
        JsonNode item = expected().get("a");
        var slots = TinyParity.slots(item.get(name.equals("a") ? "region2area" : "shuffled_region2area"));
        LoadedModel loaded = model(name.equals("a") ? "apart" : "merged");
        var pieces = new StringBuilder();
        var settings = new Generator.Settings(48, new Decoding.Greedy(), Optional.empty());
        GeneratedText written = new Generator(loaded)
                .generate(TinyParity.study("a", slots), settings, new Generator.Listener() {
                    @Override
                    public void written(String piece) {
                        pieces.append(piece);
                    }
                });
        JsonNode run = expected().get("generate").get("runs").get(name);
        assertThat(written.ids().ids()).isEqualTo(withoutFirst(run.get("ids")));
        assertThat(written.text()).isEqualTo(run.get("text").asString());
        assertThat(pieces).hasToString(written.text());
        assertThat(written.cut()).isTrue();
        assertThat(written.tokens().getLast().end())
                .isEqualTo(written.text().codePointCount(0, written.text().length()));
    }

    /** Its prompt of ten regions was cut to the length that training texts have there. */
    @Test
    void greedyTextOfACutPromptIsExact() throws Exception {
        JsonNode item = expected().get("c");
        GeneratedIds written = write(
                model("apart"),
                TinyParity.study("c", TinyParity.slots(item.get("region2area"))),
                TinyParity.ints(item.get("lang_x")),
                2);
        assertThat(written.ids())
                .isEqualTo(withoutFirst(
                        expected().get("generate").get("runs").get("c").get("ids")));
    }

    /** The published code puts an id in front that the model never sees. */
    private static int[] withoutFirst(JsonNode ids) {
        return Arrays.copyOfRange(TinyParity.ints(ids), 1, ids.size());
    }

    private static GeneratedIds write(LoadedModel loaded, StudyVolumes study, int[] prompt, int end) {
        return Scope.inference(() -> {
            var visual = new Generator(loaded).encode(study, Generator.SILENT);
            var embeddings = loaded.model().embed(prompt, visual);
            return new AnswerWriter(loaded.model().decoder(), end)
                    .write(embeddings, 48, new Decoding.Greedy(), (_, _) -> {});
        });
    }

    @Test
    void promptAndIdsAreThoseOfThePublishedDataSet() throws Exception {
        JsonNode item = expected().get("c");
        LoadedModel loaded = model("apart");
        int[] ids = loaded.ids(loaded.prompt(10));
        assertThat(ids).hasSize(124 + 42 * 10);
        int[] text = TinyParity.ints(expected().get("a").get("lang_x"));
        int[] prompt = loaded.ids(loaded.prompt(3));
        assertThat(text).startsWith(prompt);
        assertThat(item.get("region2area").size()).isEqualTo(10);
    }

    @Test
    void stopsAtTheEnd() throws Exception {
        JsonNode item = expected().get("a");
        JsonNode run = expected().get("generate").get("runs").get("a_stop");
        GeneratedIds written = write(
                model("apart"),
                TinyParity.study("a", TinyParity.slots(item.get("region2area"))),
                TinyParity.ints(item.get("lang_x")),
                run.get("eos_token_id").asInt());
        assertThat(written.ids()).isEqualTo(withoutFirst(run.get("ids")));
        assertThat(written.ended()).isTrue();
    }

    @Test
    void bfloat16StaysWithinItsTolerance() throws Exception {
        JsonNode item = expected().get("a");
        try (LoadedModel loaded = TinyParity.load(Precision.BFLOAT16, false)) {
            Run run = run(
                    loaded,
                    TinyParity.study("a", TinyParity.slots(item.get("shuffled_region2area"))),
                    TinyParity.ints(item.get("lang_x")));
            Golden golden = golden();
            compare(golden, "a_shuffled", run, Tolerance.TOWER_NMSE_BFLOAT16);
            golden.assertNoDepartures();
            long[] wanted = longs(golden.values("a_shuffled.argmax"));
            int differ = 0;
            for (int i = 0; i < wanted.length; i++) {
                differ += wanted[i] == run.argmax()[i] ? 0 : 1;
            }
            assertThat((double) differ / wanted.length)
                    .isLessThanOrEqualTo(Tolerance.ARGMAX_DIFFERS_BFLOAT16.absolute());
        }
    }

    @Test
    void theBaseModelAloneAgrees() throws Exception {
        ModelConfig config = TinyParity.config();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try (var source = WeightFiles.open(SharedFolder.require("parity/tiny/llama"))) {
            source.entries().stream()
                    .filter(entry -> !entry.name().endsWith("inv_freq"))
                    .forEach(entry -> weights.put(
                            ParameterTable.LANGUAGE + entry.name(),
                            WeightTensors.tensor(source, entry.name(), Precision.FLOAT32.scalarType())));
        }
        var decoder = new ModelBuilder(config, Weights.of(weights)).decoder(false);
        int[] ids = TinyParity.ints(expected().get("base").get("ids"));
        float[] logits = Tensors.toFloats(Scope.inference(() ->
                decoder.logits(decoder.forward(decoder.embed(Tensors.longs(ids)).unsqueeze(0)))));
        Golden golden = golden();
        golden.compareColumns("base.logits_every97", logits, VOCABULARY, STRIDE, Tolerance.TOWER_NMSE);
        golden.assertNoDepartures();
    }

    @Test
    void slotsPermutedMeansRegionsPermuted() throws Exception {
        LoadedModel loaded = model("apart");
        var generator = new Generator(loaded);
        List<Region> order = List.of(Region.LUNG, Region.ABDOMEN, Region.HEART);
        List<Region> alphabetical = List.of(Region.ABDOMEN, Region.HEART, Region.LUNG);
        Scope.run(() -> {
            var one = generator.encode(TinyParity.study("a", order), Generator.SILENT);
            var other = generator.encode(TinyParity.study("a", alphabetical), Generator.SILENT);
            for (Region region : order) {
                float[] here = Tensors.toFloats(one.regions().select(0, order.indexOf(region)));
                float[] there = Tensors.toFloats(other.regions().select(0, alphabetical.indexOf(region)));
                assertThat(here).isEqualTo(there);
            }
        });
    }

    @Test
    void theSameSeedGivesTheSameText() throws Exception {
        JsonNode item = expected().get("a");
        var study = TinyParity.study("a", TinyParity.slots(item.get("region2area")));
        var generator = new Generator(model("apart"));
        List<String> texts = new ArrayList<>();
        for (long seed : new long[] {20, 20, 21}) {
            var sample = new Decoding.Sample(0.6, 30, 0.9, new SplittableRandom(seed));
            texts.add(generator
                    .generate(study, new Generator.Settings(24, sample, Optional.empty()), Generator.SILENT)
                    .text());
        }
        assertThat(texts.get(0)).isEqualTo(texts.get(1)).isNotEqualTo(texts.get(2));
    }
}
