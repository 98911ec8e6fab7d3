package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Progress;

/** Runs that share {@code data.cache}. */
class SharedCacheTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private int prepare(String cache) throws IOException {
        var config = TrainConfig.read(
                Path.of("configs", "two-minutes.toml"),
                List.of("data.cohort.studies=4", "data.validation.studies=2", "data.cache=" + folder.resolve(cache)));
        var model = config.model().fresh().orElseThrow();
        try (var data = TrainingData.prepare(config, folder.resolve("own"), model, 1, Progress.Style.QUIET)) {
            return data.training().size() + data.validation().size();
        }
    }

    private Map<String, byte[]> bytes(String cache) throws IOException {
        Path place = folder.resolve(cache);
        var bytes = new LinkedHashMap<String, byte[]>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                bytes.put(place.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    @Test
    void twoRunsAtOncePackTheSameBytesAsOneAlone() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Integer>> both = List.of(() -> prepare("shared"), () -> prepare("shared"));
            for (Future<Integer> one : threads.invokeAll(both)) {
                assertThat(one.get()).isEqualTo(6);
            }
        }
        prepare("alone");
        assertThat(bytes("shared")).hasSize(6).containsExactlyEntriesOf(bytes("alone"));
    }

    @Test
    void whatIsWholeIsNotWrittenAgain() throws Exception {
        prepare("cache");
        var before = new LinkedHashMap<Path, Object>();
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                before.put(file, Files.getLastModifiedTime(file));
            }
        }
        prepare("cache");
        for (var file : before.entrySet()) {
            assertThat(Files.getLastModifiedTime(file.getKey())).isEqualTo(file.getValue());
        }
    }
}
