package org.reg2rg.recipe;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Machine;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.data.InputSpec;
import org.reg2rg.data.StudyPreprocessor;

/** Measures reading and preprocessing of one study with ten masks, the user's own or a generated one. */
final class PreprocessBenchmark implements BenchmarkPart {
    private static final GridSize TINY = new GridSize(96, 96, 48);
    private static final GridSize FULL = new GridSize(512, 512, 134);
    private static final long SEED = 20;

    /** Processor time tells what the work costs where a busy machine makes the clock tell little. */
    private static final OperatingSystemMXBean OS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final List<Path> study;

    /** @param study the CT and its masks, or nothing for a generated study */
    PreprocessBenchmark(List<Path> study) {
        this.study = List.copyOf(study);
    }

    @Override
    public List<Measurement> run(Size size, int repeats) throws IOException {
        if (!study.isEmpty()) {
            return measure(study.get(0), study.get(1), repeats);
        }
        Path folder = Files.createTempDirectory("reg2rg-benchmark");
        try {
            generate(size == Size.TINY ? TINY : FULL, folder);
            return measure(folder.resolve("ct.nii.gz"), folder.resolve("masks"), repeats);
        } finally {
            AtomicFiles.deleteTree(folder);
        }
    }

    private static List<Measurement> measure(Path ctFile, Path maskFolder, int repeats) throws IOException {
        var reading = new ArrayList<Double>();
        var preprocessing = new ArrayList<Double>();
        var preprocessor = new StudyPreprocessor(InputSpec.PUBLISHED);
        var processor = new ArrayList<Double>();
        String what = "";
        for (int run = 0; run < repeats; run++) {
            long cpu = OS.getProcessCpuTime();
            long start = System.nanoTime();
            CtVolume ct = CtLoader.load(ctFile).volume();
            RegionMasks masks = MaskLoader.load(maskFolder, ct.grid(), MaskLoader.Options.NONE);
            long read = System.nanoTime();
            int regions =
                    preprocessor.apply(ctFile.toString(), ct, masks).regions().size();
            preprocessing.add((System.nanoTime() - read) / 1e9);
            reading.add((read - start) / 1e9);
            processor.add((OS.getProcessCpuTime() - cpu) / 1e9);
            what = ct.size() + ", " + regions + " regions";
        }
        var results = new ArrayList<>(List.of(
                new Measurement("preprocess", "read files, " + what, "s", reading),
                new Measurement("preprocess", "to 256×256×64, " + what, "s", preprocessing),
                new Measurement("preprocess", "both, processor time of all threads", "s", processor)));
        Machine.peakResidentBytes()
                .ifPresent(peak -> results.add(new Measurement(
                        "preprocess", "peak resident memory of the process", "MB", List.of(peak / 1e6))));
        return results;
    }

    /** Soft tissue with noise in air, and an ellipsoid for each region: for timing, not for looking at. */
    private static void generate(GridSize size, Path folder) throws IOException {
        var grid = new Grid(size, Affine.scaled(-0.7, -0.7, 3));
        var random = new Random(SEED);
        float[] hu = new float[size.voxels()];
        Bits body = ellipsoid(size, new double[] {0.5, 0.5, 0.5}, new double[] {0.4, 0.35, 0.9});
        for (int n = 0; n < hu.length; n++) {
            hu[n] = (body.get(n) ? 20 : -1010) + random.nextInt(60) - 30;
        }
        NiftiWriter.writeInt16(folder.resolve("ct.nii.gz"), new CtVolume(grid, hu));
        for (Region region : Region.values()) {
            double[] centre = {
                0.35 + 0.3 * random.nextDouble(), 0.4 + 0.2 * random.nextDouble(), 0.3 + 0.4 * random.nextDouble()
            };
            double radius = 0.05 + 0.03 * region.ordinal();
            Bits bits = ellipsoid(size, centre, new double[] {radius, radius, radius});
            NiftiWriter.writeMask(
                    folder.resolve("masks").resolve(region.datasetName() + ".nii.gz"),
                    new RegionMask.Binary(grid, bits));
        }
    }

    private static Bits ellipsoid(GridSize size, double[] centre, double[] radius) {
        var bits = new Bits(size.voxels());
        for (int k = 0; k < size.z(); k++) {
            for (int j = 0; j < size.y(); j++) {
                double y = ((double) j / size.y() - centre[1]) / radius[1];
                double z = ((double) k / size.z() - centre[2]) / radius[2];
                for (int i = 0; i < size.x(); i++) {
                    double x = ((double) i / size.x() - centre[0]) / radius[0];
                    if (x * x + y * y + z * z <= 1) {
                        bits.set(size.index(i, j, k));
                    }
                }
            }
        }
        return bits;
    }
}
