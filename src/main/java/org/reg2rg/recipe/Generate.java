package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.InputException;
import org.reg2rg.data.ShownVolume;
import org.reg2rg.data.SlotPlan;
import org.reg2rg.language.Decoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code generate}: the reports of a whole data set, in the published CSV. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a report of every study of a data set, one CSV row a study, for `evaluate` and `evaluate-cohort`.",
            "Rows are appended as they come: a stop loses at most one, and --resume goes on behind the last."
        },
        footer = {
            "",
            "Example:",
            "  ./reg2rg generate --data cohort --out generated.csv --order shuffled --seed 1",
            "",
            "Research use only: a report is a draft, never a diagnosis."
        })
public final class Generate implements Callable<Integer> {
    private static final Pattern RANDOM = Pattern.compile("random:(\\d{1,2})-(\\d{1,2})");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder with images/<patient>/<accession>/<name>.nii.gz, masks/seg_<name>/<region>.nii.gz,"
                    + " reports.csv and, for --split, splits.csv; as `cohort` writes it.")
    private Path data = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE.csv", description = "The reports.")
    private Path out = Path.of("");

    @Option(names = "--split", paramLabel = "NAME", description = "Only this split. Default: every study.")
    @Nullable
    private String split;

    @Option(names = "--studies", paramLabel = "N", description = "Only the first N. Default: all.")
    private int studies = Integer.MAX_VALUE;

    @Option(
            names = "--order",
            paramLabel = "alphabetical|shuffled|reversed|given",
            description = "Order of the regions in the prompt. Default: ${DEFAULT-VALUE}.")
    private String order = "alphabetical";

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is random. Default: ${DEFAULT-VALUE}.")
    private long seed = 20;

    @Option(
            names = "--regions",
            paramLabel = "LIST",
            description = "Such as lung,heart; or random:1-9 for so many of each study by chance. Default: every region"
                    + " with a mask.")
    private String regions = "";

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--volume",
            paramLabel = "own|noise|blank|other",
            description =
                    "What the model is shown instead of the study, to see whether it looks: noise or air under the"
                            + " study's masks, or another patient. Default: ${DEFAULT-VALUE}.")
    private String volume = "own";

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Studies reported at the same time. Default: one a processor for small models, else one.")
    private int workers;

    @Option(names = "--resume", description = "Go on behind the last whole row of --out.")
    private boolean resume;

    @Mixin
    private Quiet quiet = new Quiet();

    @Override
    public Integer call() throws IOException {
        require("--studies", studies >= 1, studies);
        require("--workers", workers >= 0 && workers <= 64, workers);
        var plan = new SlotPlan(choice(), Named.of("--order", order, EnumSet.allOf(SlotPlan.Order.class)), seed);
        var asked = new GenerateJob.Asked(
                data,
                Optional.ofNullable(split),
                plan,
                model.grid(),
                Named.of("--volume", volume, EnumSet.allOf(ShownVolume.class)),
                studies);
        var target = new GenerateJob.Target(out, resume, workers, quiet);
        new GenerateJob(asked, model.computing(new Decoding.Greedy(), seed), target).run(model.model());
        return Main.OK;
    }

    private static void require(String option, boolean right, int got) {
        if (!right) {
            throw new InputException(option, "expected a positive number, got " + got, "give another number");
        }
    }

    private SlotPlan.Choice choice() {
        if (regions.isBlank()) {
            return new SlotPlan.Choice.Every();
        }
        Matcher range = RANDOM.matcher(regions.strip());
        if (range.matches()) {
            try {
                return new SlotPlan.Choice.Some(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
            } catch (IllegalArgumentException e) {
                throw new InputException("--regions", String.valueOf(e.getMessage()), "such as random:1-9", e);
            }
        }
        return new SlotPlan.Choice.These(Named.regions("--regions", List.of(regions.split(","))));
    }
}
