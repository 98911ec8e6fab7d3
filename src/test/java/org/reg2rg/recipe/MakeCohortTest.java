package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.Json;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.Region;

class MakeCohortTest {
    private static final String SIZE = "48x48x32@6.6x6.6x9";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void bytesDependNeitherOnWorkersNorOnAStop() throws IOException {
        Path straight = make("straight", 5, "1");
        Path parallel = make("parallel", 5, "2");
        Path resumed = make("resumed", 3, "2");
        // a stop in the middle of a study leaves files but no record of it
        Files.delete(resumed.resolve("studies/phantom_3_a_1.json"));
        make("resumed", 5, "2");
        assertThat(hashes(parallel)).isEqualTo(hashes(straight));
        assertThat(hashes(resumed)).isEqualTo(hashes(straight));
    }

    @Test
    void layoutAndTruthAreComplete() throws IOException {
        Path cohort = make("layout", 5, "2");
        Path image = cohort.resolve("images/phantom_4/phantom_4_b/phantom_4_b_1.nii.gz");
        var volume = CtLoader.load(image).volume();
        assertThat(volume.size().voxels()).isEqualTo(48 * 48 * 32);
        assertThat(volume.grid().toWorld().at(0, 0)).isNegative();
        assertThat(cohort.resolve("masks/seg_phantom_4_b_1/trachea and bronchie.nii.gz"))
                .exists();
        assertThat(Files.readAllLines(cohort.resolve("reports.csv")).getFirst())
                .isEqualTo("Volumename,Anatomy,Sentence");
        var truth = Json.MAPPER.readTree(
                Files.readAllLines(cohort.resolve("truth.jsonl")).get(4));
        assertThat(truth.get("volume").asString()).isEqualTo("phantom_4_b_1.nii.gz");
        assertThat(truth.get("labels").size()).isEqualTo(18);
        assertThat(truth.get("regions").size()).isEqualTo(Region.values().length);
        truth.get("findings")
                .forEach(f ->
                        assertThat(cohort.resolve(f.get("mask").asString())).exists());
        assertThat(Files.readString(cohort.resolve("index.html"))).contains("phantom_4_b_1", "No person was scanned");
    }

    @Test
    void visitsOfAPatientShareASplit() throws IOException {
        Path cohort = make("splits", 5, "2");
        Map<String, String> splits = new TreeMap<>();
        for (String line : Files.readAllLines(cohort.resolve("splits.csv"))) {
            String[] cells = line.split(",", -1);
            assertThat(splits.merge(cells[1], cells[2], (a, b) -> a.equals(b) ? a : "mixed"))
                    .isNotEqualTo("mixed");
        }
        assertThat(splits).hasSize(5);
    }

    @Test
    void anotherCohortInTheFolderIsRefused() throws IOException {
        Path cohort = make("taken", 1, "1");
        var err = new StringWriter();
        int code = run(err, "--studies", "1", "--seed", "8", "--out", cohort.toString(), "--size", SIZE, "--quiet");
        assertThat(code).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString())
                .contains("holds another cohort")
                .contains("\"seed\" : 8")
                .contains("choose another --out, or repeat the options with which it was begun");
    }

    @Test
    void badNumbersAreExplained() {
        var err = new StringWriter();
        int code = run(err, "--studies", "0", "--seed", "8", "--out", folder.toString());
        assertThat(code).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString()).contains("--studies: expected 1 to 1000000, got 0; give another number");
    }

    private Path make(String name, int studies, String workers) {
        Path out = folder.resolve(name);
        var err = new StringWriter();
        int code = run(
                err,
                "--studies",
                Integer.toString(studies),
                "--seed",
                "7",
                "--out",
                out.toString(),
                "--workers",
                workers,
                "--size",
                SIZE,
                "--finding-masks",
                "--quiet");
        assertThat(code).as(err.toString()).isZero();
        return out;
    }

    private static int run(StringWriter err, String... options) {
        String[] all = new String[options.length + 1];
        all[0] = "cohort";
        System.arraycopy(options, 0, all, 1, options.length);
        return Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(new StringWriter(), true))
                .execute(all);
    }

    private static Map<String, String> hashes(Path folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(folder.relativize(file).toString(), Hashes.sha256(file));
            }
        }
        return hashes;
    }
}
