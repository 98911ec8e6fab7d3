package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.data.SlotPlan;
import org.reg2rg.language.Decoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From a CT and its region masks to a grounded report. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a report of a chest CT in which every sentence belongs to a region that you can see.",
            "Without --masks the regions are found in the CT itself."
        },
        footer = {
            "",
            "Example:",
            "  ./reg2rg report chest.nii.gz --masks chest-masks --out chest-report",
            "  ./reg2rg report dicom-folder --model models/reg2rg-7b",
            "",
            "Research use only: a report is a draft, never a diagnosis."
        })
public final class Report implements Callable<Integer> {
    /** Fields are set by picocli before {@link #call}. */
    @Parameters(paramLabel = "CT", description = "NIfTI file (.nii, .nii.gz, .hdr/.img), or DICOM file, folder or zip.")
    @SuppressWarnings("NullAway.Init")
    private Path ct;

    @Option(
            names = "--series",
            paramLabel = "UID",
            description = "DICOM series to read (see: inspect). Default: the best chest series.")
    @Nullable
    private String series;

    @Option(
            names = "--masks",
            paramLabel = "PATH",
            description = "Folder of <region>.nii.gz, or one label map. Default: segment the CT.")
    @Nullable
    private Path masks;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the report. Default: <name of the CT>-report.")
    @Nullable
    private Path out;

    @Option(
            names = "--regions",
            split = ",",
            paramLabel = "NAME",
            description = "Only these regions, such as lung,heart. Default: every region with a mask.")
    private List<String> regions = new ArrayList<>();

    @Option(
            names = "--order",
            paramLabel = "alphabetical|given",
            description =
                    "Order of the regions in the prompt: by name, or as --regions gives them. Default: alphabetical.")
    private String order = "alphabetical";

    @Option(
            names = "--mask-table",
            paramLabel = "FILE",
            description = "CSV `source,region`: which files or labels make which region; several are joined.")
    @Nullable
    private Path maskTable;

    @Option(names = "--mask-threshold", paramLabel = "T", description = "A mask is where its value is above T.")
    @Nullable
    private Double maskThreshold;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "Which of json, text, html. Default: all three.")
    private List<String> formats = List.of("json", "text", "html");

    @Option(names = "--sample", description = "Draw words by chance instead of always taking the likeliest.")
    private boolean sample;

    @Option(names = "--temperature", paramLabel = "T", description = "With --sample. Default: ${DEFAULT-VALUE}.")
    private double temperature = 0.6;

    @Option(names = "--top-k", paramLabel = "K", description = "With --sample. Default: ${DEFAULT-VALUE}.")
    private int topK = 30;

    @Option(names = "--top-p", paramLabel = "P", description = "With --sample. Default: ${DEFAULT-VALUE}.")
    private double topP = 0.9;

    @Option(names = "--seed", paramLabel = "N", description = "With --sample. Default: ${DEFAULT-VALUE}.")
    private long seed = 20;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Also write inputs, visual tokens, logits and ids as safetensors.")
    @Nullable
    private Path trace;

    @Mixin
    private Quiet quiet = new Quiet();

    @Override
    public Integer call() throws IOException {
        var masksFrom = new GivenStudy.Masks(
                Optional.ofNullable(masks),
                new MaskLoader.Options(
                        Optional.ofNullable(maskTable),
                        maskThreshold == null ? OptionalDouble.empty() : OptionalDouble.of(maskThreshold)));
        var slots = new GivenStudy.Slots(
                Named.regions("--regions", regions),
                Named.of("--order", order, EnumSet.of(SlotPlan.Order.ALPHABETICAL, SlotPlan.Order.GIVEN))
                        == SlotPlan.Order.GIVEN);
        var output = new ReportJob.Output(
                out != null ? out : Path.of(baseName(ct) + "-report"), formats(), Optional.ofNullable(trace), quiet);
        new ReportJob(masksFrom, slots, model.grid(), model.computing(decoding(), seed), output)
                .run(ct, Optional.ofNullable(series), model.model());
        return Main.OK;
    }

    private Set<ReportJob.Format> formats() {
        var chosen = EnumSet.noneOf(ReportJob.Format.class);
        formats.forEach(name -> chosen.add(Named.of("--format", name, EnumSet.allOf(ReportJob.Format.class))));
        return chosen;
    }

    private Decoding decoding() {
        if (!sample) {
            return new Decoding.Greedy();
        }
        try {
            return new Decoding.Sample(
                    temperature,
                    topK,
                    topP,
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        } catch (IllegalArgumentException e) {
            throw new InputException("--sample", String.valueOf(e.getMessage()), "correct the sampling options", e);
        }
    }

    /** The file's name without the endings of volumes. */
    private static String baseName(Path file) {
        return file.toAbsolutePath()
                .normalize()
                .getFileName()
                .toString()
                .replaceFirst("(\\.nii)?(\\.gz|\\.zip|\\.nii|\\.hdr|\\.img|\\.dcm)?$", "");
    }
}
