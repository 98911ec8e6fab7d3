package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.core.Progress;
import org.reg2rg.language.BpeTrainer;
import org.reg2rg.language.SentencePieceModel;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Tensors;

class LanguageStageTest {
    private static final long STEPS = 24;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void drawTheStudies() throws Exception {
        SmallCohort.build(folder, 4);
    }

    @Test
    void aResumedRunEqualsAStraightOneAndTheLossFalls() throws Exception {
        var losses = new ArrayList<Double>();
        Map<String, float[]> straight = train("straight", List.of(STEPS), losses);
        Map<String, float[]> resumed = train("resumed", List.of(5L, STEPS), new ArrayList<>());
        straight.forEach(
                (name, values) -> assertThat(resumed.get(name)).as(name).containsExactly(values));
        assertThat(losses.getLast()).isLessThan(0.85 * losses.getFirst());
    }

    @Test
    void findingsCountMoreAtFirst() {
        var settings = settings(100);
        var emphysema = EnumSet.of(FindingType.EMPHYSEMA);
        assertThat(List.of(
                        settings.weight(emphysema, 0), settings.weight(emphysema, 25), settings.weight(emphysema, 50)))
                .containsExactly(5.0, 3.0, 1.0);
        assertThat(settings.weight(emphysema, 90)).isEqualTo(1);
        assertThat(settings.weight(Set.of(), 0)).isEqualTo(1);
    }

    @Test
    void findingsThatAreEmphasizedCountMoreToTheEnd() {
        var both = EnumSet.of(FindingType.EMPHYSEMA, FindingType.LUNG_NODULE);
        assertThat(settings(100).weight(both, 0)).isEqualTo(15);
        assertThat(settings(100).weight(both, 90)).isEqualTo(3);
    }

    private static LanguageStage.Settings settings(long steps) {
        return new LanguageStage.Settings(
                Sees.REGIONS,
                steps,
                2,
                2,
                3e-3,
                2,
                0.01,
                1,
                5,
                0.5,
                0.5,
                steps,
                Optional.empty(),
                Optional.of(Map.of("lung_nodule", 3.0)));
    }

    /** Trains up to each of these steps in turn, each time from the checkpoint before. */
    private static Map<String, float[]> train(String name, List<Long> stops, List<Double> losses) throws Exception {
        Map<String, float[]> result = new LinkedHashMap<>();
        for (long stop : stops) {
            try (CropFile data = CropFile.open(SmallCohort.layout(), folder);
                    LoadedModel model = model(data)) {
                new LanguageStage(model, cache(data, model), data, settings(STEPS), 9)
                        .run(folder.resolve(name), stop, (step, loss, norm, rate) -> losses.add(loss));
                model.weights().forEach((key, tensor) -> result.put(key, Tensors.toFloats(tensor.detach())));
            }
        }
        return result;
    }

    private static LoadedModel model(CropFile data) {
        List<String> texts = IntStream.range(0, data.size())
                .boxed()
                .flatMap(study -> data.facts(study).texts().values().stream())
                .toList();
        SentencePieceModel words = BpeTrainer.train(texts, 400, BpeTrainer.Numbers.WHOLE);
        var config = SmallCohort.config(words.pieces().size());
        return LoadedModel.of(config, SmallCohort.weights(config), words, false);
    }

    private static VisualCache cache(CropFile data, LoadedModel model) throws IOException {
        var builder = new ModelBuilder(model.config(), Weights.of(model.weights()));
        var progress = Progress.of("", "", data.size(), Progress.Style.QUIET);
        return VisualCache.of(
                data,
                Sees.REGIONS,
                builder.textureEncoder(),
                builder.geometryEncoder(),
                new SeenFile(data.folder().resolve("seen")),
                2,
                progress);
    }
}
