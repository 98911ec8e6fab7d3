package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.RegionMask;

/**
 * Damaged files by the thousand: each is read within two seconds and a bound of memory, and gives a sound volume or an
 * {@link InputException} that says so. The same seed makes the same files.
 */
class FuzzTest {
    private static final long SEED = 20_260_101L;
    private static final long MOST_NANOS = 2_000_000_000L;

    /** What one file of a few kB may make the reader allocate: a claimed size must not be believed. */
    private static final long MOST_BYTES = 256L << 20;

    private static final Grid MASK_GRID = new Grid(
            new GridSize(TinyCt.COLUMNS, TinyCt.ROWS, 4),
            new Affine(new double[] {-2, 0, 0, 20, 0, -3, 0, 30, 0, 0, 4, 10}));

    @TempDir
    private Path folder;

    private interface Reader {
        void read(Path file) throws IOException;
    }

    private record Seed(String name, byte[] bytes, Reader reader) {}

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void twoThousandDamagedFilesAreReadOrRefused() throws IOException {
        fuzz(2_000, SEED);
    }

    @Test
    @Tag("slow")
    @Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aHundredThousandDamagedFilesAreReadOrRefused() throws IOException {
        fuzz(100_000, SEED + 1);
    }

    private void fuzz(int files, long seed) throws IOException {
        List<Seed> seeds = seeds();
        for (Seed sound : seeds) {
            sound.reader.read(Files.write(folder.resolve(sound.name), sound.bytes)); // sound files read
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var outcomes = new TreeMap<String, Integer>();
        List<String> failures = new ArrayList<>();
        long slowest = 0;
        long hungriest = 0;
        for (int n = 0; n < files; n++) {
            Seed sound = seeds.get(n % seeds.size());
            Path file = Files.write(folder.resolve("mutant"), Mutations.mutate(sound.bytes, random));
            long start = System.nanoTime();
            long before = allocated();
            String outcome = outcome(sound, file);
            long nanos = System.nanoTime() - start;
            long bytes = allocated() - before;
            slowest = Math.max(slowest, nanos);
            hungriest = Math.max(hungriest, bytes);
            outcomes.merge(outcome.startsWith("failed") ? "failed" : outcome, 1, Integer::sum);
            if (outcome.startsWith("failed") || nanos > MOST_NANOS || bytes > MOST_BYTES) {
                failures.add(String.format(
                        Locale.ROOT,
                        "file %d (%s): %s, %.2f s, %d MB",
                        n,
                        sound.name,
                        outcome,
                        nanos / 1e9,
                        bytes >> 20));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "fuzz of %d files: %s; slowest %.3f s, most memory %d MB%n",
                files,
                outcomes,
                slowest / 1e9,
                hungriest >> 20);
        assertThat(failures).isEmpty();
        assertThat(outcomes.get("read")).isGreaterThan(files / 100);
        assertThat(outcomes.get("refused")).isGreaterThan(files / 100);
    }

    private static String outcome(Seed sound, Path file) throws IOException {
        try {
            sound.reader.read(file);
            return "read";
        } catch (InputException e) {
            String message = String.valueOf(e.getMessage());
            boolean telling = message.contains(": ") && message.contains("; ") && message.length() < 3000;
            return telling ? "refused" : "failed: words '" + message + "'";
        } catch (RuntimeException | Error e) {
            StackTraceElement[] trace = e.getStackTrace();
            return "failed: " + e + " at " + (trace.length > 0 ? trace[0] : "?");
        }
    }

    /** Bytes that all threads have allocated: the work runs on this thread and on the common pool. */
    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getTotalThreadAllocatedBytes();
    }

    private static void readCt(Path file) throws IOException {
        LoadedCt loaded = CtLoader.load(file);
        CtVolume ct = loaded.volume();
        for (float hu : ct.hu()) {
            if (!Float.isFinite(hu)) {
                throw new IllegalStateException("a voxel of " + hu);
            }
        }
        for (double m : ct.grid().toWorld().m()) {
            if (!Double.isFinite(m)) {
                throw new IllegalStateException("an affine of " + m);
            }
        }
        DicomReader.describe(file, false, org.reg2rg.core.Progress.Style.QUIET);
    }

    private static void readNifti(Path file) throws IOException {
        CtVolume ct = CtLoader.load(file).volume();
        for (float hu : ct.hu()) {
            if (!Float.isFinite(hu)) {
                throw new IllegalStateException("a voxel of " + hu);
            }
        }
    }

    private static void readMasks(Path file) throws IOException {
        var masks =
                RtStruct.recognises(file) ? RtStruct.read(file, MASK_GRID) : DicomSegmentation.read(file, MASK_GRID);
        for (RegionMask mask : masks.values()) {
            if (mask.count() > MASK_GRID.size().voxels()) {
                throw new IllegalStateException("a mask of " + mask.count());
            }
        }
    }

    private List<Seed> seeds() throws IOException {
        var ct = new TinyCt();
        List<Seed> seeds = new ArrayList<>();
        for (DicomBytes.Encoding encoding : DicomBytes.Encoding.values()) {
            seeds.add(new Seed("part10-" + encoding, ct.slice(1).part10(encoding), FuzzTest::readCt));
            seeds.add(new Seed("bare-" + encoding, ct.slice(1).dataSet(encoding), FuzzTest::readCt));
        }
        seeds.add(new Seed("deflated", ct.slice(2).deflated(), FuzzTest::readCt));
        seeds.add(new Seed(
                "enhanced", ct.enhanced(true, 2, 0, 1).part10(DicomBytes.Encoding.EXPLICIT), FuzzTest::readCt));
        seeds.add(new Seed("defined", ct.enhanced(false, 1, 0).part10(DicomBytes.Encoding.IMPLICIT), FuzzTest::readCt));
        seeds.addAll(PackedSlices.all().entrySet().stream()
                .map(e -> new Seed(e.getKey(), e.getValue(), FuzzTest::readCt))
                .toList());
        seeds.add(new Seed("segmentation", MaskObjects.segmentation(ct), FuzzTest::readMasks));
        seeds.add(new Seed("structures", MaskObjects.structures(), FuzzTest::readMasks));
        var volume = new CtVolume(MASK_GRID, new float[MASK_GRID.size().voxels()]);
        for (String name : List.of("plain.nii", "packed.nii.gz")) {
            Path file = folder.resolve(name);
            NiftiWriter.writeInt16(file, volume);
            seeds.add(new Seed(name, Files.readAllBytes(file), FuzzTest::readNifti));
        }
        return seeds;
    }
}
