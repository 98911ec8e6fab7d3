package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reg2rg.core.InputException;

class TrainConfigTest {
    private static final Path TWO_MINUTES = Path.of("configs", "two-minutes.toml");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("configs"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedConfigIsRightAndSaysWhatItDoes(Path file) throws Exception {
        TrainConfig config = TrainConfig.read(file, List.of());
        assertThat(config.about())
                .contains("./reg2rg train configs/" + file.getFileName())
                .contains("Hardware:")
                .contains("Expect:");
    }

    @Test
    void theResolvedTextReadsBackAsTheSameConfig() throws Exception {
        TrainConfig config = TrainConfig.read(TWO_MINUTES, List.of("vision.rate=0.5", "data.cache = /some where"));
        Path copy = Files.writeString(folder.resolve("copy.toml"), config.text());
        assertThat(TrainConfig.read(copy, List.of())).isEqualTo(config);
        assertThat(config.vision().orElseThrow().rate()).isEqualTo(0.5);
        assertThat(config.data().cache()).contains("/some where");
    }

    @Test
    void theHashTellsWhatDecidesTheWeights() throws Exception {
        String plain = TrainConfig.read(TWO_MINUTES, List.of()).sha256();
        assertThat(TrainConfig.read(TWO_MINUTES, List.of("data.cache=elsewhere"))
                        .sha256())
                .isEqualTo(plain);
        assertThat(TrainConfig.read(TWO_MINUTES, List.of("seed=2")).sha256()).isNotEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "vision.stepz=3 | unknown key 'vision.stepz'; did you mean 'steps'?",
                "sead=3 | unknown key 'sead'; did you mean 'seed'?",
                "model.fresh.vision.stem.chanels=[1] | unknown key 'model.fresh.vision.stem.chanels'; did you mean 'channels'?",
                "vision.steps=0 | 'vision': steps must be above 0, got 0; correct this key",
                "vision.workers=3 | 'vision': workers must be 1 to 2, got 3; correct this key",
                "vision.convolutions=float16 | float16 is not computed on a CPU, use bfloat16 or float32",
                "vision.rate=fast | 'vision.rate': ",
                "data.validation.seed=1 | validation.seed must differ from cohort.seed",
                "data.cohort.size=big | write it as in 160x160x96@2x2x3",
                "data.folder=x | 'data': give either cohort or folder; correct this key",
                "data.split=train | split belongs to folder, which is not there; leave it out",
                "data.validation_studies=0 | validation_studies must be above 0, got 0",
                "model.folder=x | 'model': give either folder or fresh; correct this key",
                "vision | --set vision: expected key=value; write it as in vision.steps=100",
                "seed.x=3 | --set seed.x=3: 'seed' is a value, not a table; correct the key",
                "model.fresh.vision.stem.findings=3 | model.fresh: vision.stem.findings must be 26, the findings of the cohort",
                "model.fresh.vision.stem.finding_heads.sizes=3 | model.fresh: vision.stem.finding_heads.sizes must be 24, the sizes of nodules",
                "vision.emphasis={ lung_nodul = 4 } | unknown finding 'lung_nodul'; did you mean 'lung_nodule'?",
                "vision.emphasis={ lung_nodule = 0 } | emphasis.lung_nodule must be above 0, got 0",
                "log_every=-1 | log_every must be above 0, got -1",
            })
    void aWrongKeyOrValueIsToldWithItsName(String setting, String message) {
        assertThatThrownBy(() -> TrainConfig.read(TWO_MINUTES, List.of(setting)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    private static final String FOLDER = """
            about = "x"
            seed = 1
            log_every = 1
            [data]
            folder = "data"
            %s
            [model]
            folder = "model"
            [referring]
            accumulation = 16
            micro_batch = 1
            rate = 5e-5
            warmup = 20
            clip = 1
            checkpointing = true
            dropout = true
            longest = 2048
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "referring.steps=3 | split = 'a' | ",
                "referring.epochs=3 | validation_split = 'b' | ",
                "seed=2 | split = 'a' | 'referring': give either steps or epochs",
                "referring.steps=0 | split = 'a' | steps must be above 0, got 0",
                "referring.epochs=1.5 | split = 'a' | 'referring.epochs': ",
                "referring.precision=float17 | split = 'a' | float17",
                "seed=2 | validation = { seed = 1, studies = 1 } | validation belongs to cohort, which is not there",
                "seed=2 | cache = 'a' | cache belongs to cohort, which is not there",
                "data.split=a | validation_split = 'a' | validation_split must differ from split, got 'a' twice",
            })
    void aFolderIsLearnedFromByReferringOnly(String setting, String data, @Nullable String message) throws Exception {
        Path file = Files.writeString(folder.resolve("folder.toml"), FOLDER.formatted(data));
        if (message == null) {
            TrainConfig config = TrainConfig.read(file, List.of(setting));
            assertThat(config.data().asked()).isEqualTo(24);
            assertThat(TrainConfig.read(Files.writeString(folder.resolve("copy.toml"), config.text()), List.of()))
                    .isEqualTo(config);
            return;
        }
        assertThatThrownBy(() -> TrainConfig.read(file, List.of(setting)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void stagesThatNeedTruthNeedACohort() throws Exception {
        String cohort = Files.readString(TWO_MINUTES);
        int from = cohort.indexOf("[data.cohort]");
        int end = cohort.indexOf("[vision]");
        Path file = Files.writeString(
                folder.resolve("truth.toml"),
                cohort.substring(0, from) + "[data]\nfolder = 'x'\n" + cohort.substring(end));
        assertThatThrownBy(() -> TrainConfig.read(file, List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "[vision] learns from data.cohort, whose findings are known exactly; of data.folder"
                                + " only [referring] learns");
    }

    @Test
    void aMalformedFileIsToldWithItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.toml"), "about = \"x\"\nseed = = 1\n");
        assertThatThrownBy(() -> TrainConfig.read(file, List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.toml:2: not valid TOML");
    }

    @Test
    void aMissingFileIsTold() {
        assertThatThrownBy(() -> TrainConfig.read(folder.resolve("none.toml"), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none.toml: there is no such file");
    }
}
