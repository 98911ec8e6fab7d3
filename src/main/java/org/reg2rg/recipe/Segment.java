package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.segment.AnatomySegmenter;
import org.reg2rg.segment.MaskCheck;
import org.reg2rg.segment.MaskChecks;
import org.reg2rg.segment.MaskFolder;
import org.reg2rg.segment.Segmentation;
import org.reg2rg.segment.Segmentation.Found;
import org.reg2rg.segment.Segmentation.Missing;
import org.reg2rg.segment.SegmentationHtml;
import org.reg2rg.segment.SegmentationJson;
import org.reg2rg.segment.TruthReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segment}: the ten regions of a CT, from the image alone; or how well they agree with a truth. */
@Command(
        name = "segment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Cuts the ten regions out of a chest CT: no masks, no weights, no network needed.",
        footer = {
            "",
            "Example:",
            "  ./reg2rg segment chest.nii.gz --out masks --preview masks.html",
            "  ./reg2rg segment chest.nii.gz --evaluate truth/"
        })
public final class Segment implements Callable<Integer> {
    /** Ways of cutting. */
    enum Method {
        ANATOMY
    }

    @Parameters(index = "0", paramLabel = "CT", description = "A CT as NIfTI or DICOM.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for <region>.nii.gz, labels.nii.gz, segmentation.json, overview.png.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--method",
            paramLabel = "anatomy",
            description = "How the regions are found; this way only, by now.")
    private Method method = Method.ANATOMY;

    @Option(names = "--preview", paramLabel = "FILE.html", description = "One page with the outlines on the CT.")
    private Optional<Path> preview = Optional.empty();

    @Option(
            names = "--evaluate",
            paramLabel = "TRUTH",
            description = "Compare with these masks (a folder or a label map): Dice, surface Dice, HD95, volume.")
    private Optional<Path> truth = Optional.empty();

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description = "With --evaluate: judge these masks instead of cutting new ones.")
    private Optional<Path> masks = Optional.empty();

    @Option(names = "--truth-table", paramLabel = "FILE.csv", description = "source,region for the truth's files.")
    private Optional<Path> truthTable = Optional.empty();

    @Option(names = "--truth-threshold", paramLabel = "T", description = "The truth is what is above T.")
    private Optional<Double> truthThreshold = Optional.empty();

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (folder.isEmpty() && truth.isEmpty() && preview.isEmpty()) {
            throw new InputException(
                    "segment", "nothing to write", "give --out DIR, --preview FILE or --evaluate TRUTH");
        }
        if (folder.isPresent()) {
            MaskFolder.requireReplaceable(folder.get());
        }
        quiet.say("Reading " + file);
        LoadedCt ct = CtLoader.load(file, Optional.empty(), quiet.style());
        PrintWriter out = spec.commandLine().getOut();
        Optional<RegionMasks> right = truth(ct.volume().grid());
        if (masks.isPresent()) {
            RegionMasks wanted = right.orElseThrow(
                    () -> new InputException("--masks", "nothing to compare with", "add --evaluate TRUTH"));
            RegionMasks given = MaskLoader.load(masks.get(), ct.volume().grid(), MaskLoader.Options.NONE);
            compare(given, wanted, out);
            return Main.OK;
        }
        quiet.say("Finding the regions");
        Segmentation segmentation = switch (method) {
            case ANATOMY -> AnatomySegmenter.segment(ct.volume());
        };
        List<MaskCheck> checks = MaskChecks.alone(ct.volume(), segmentation.masks());
        print(segmentation, checks, out);
        if (folder.isPresent()) {
            Map<String, Object> json = SegmentationJson.of(segmentation, ct, checks);
            MaskFolder.write(folder.get(), ct.volume(), segmentation.masks(), "segmentation.json", json);
            quiet.say("Wrote " + folder.get());
        }
        if (preview.isPresent()) {
            String title = "Regions of " + file.getFileName();
            AtomicFiles.write(preview.get(), SegmentationHtml.page(title, ct.volume(), segmentation, checks));
            quiet.say("Wrote " + preview.get());
        }
        right.ifPresent(wanted -> compare(segmentation.masks(), wanted, out));
        return Main.OK;
    }

    /** Read before the long work, so that a mistake in it is told at once. */
    private Optional<RegionMasks> truth(Grid grid) throws IOException {
        if (truth.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble threshold = truthThreshold.map(OptionalDouble::of).orElse(OptionalDouble.empty());
        return Optional.of(MaskLoader.load(truth.get(), grid, new MaskLoader.Options(truthTable, threshold)));
    }

    private static void compare(RegionMasks found, RegionMasks right, PrintWriter out) {
        out.print(TruthReport.of(found, right).text());
        out.flush();
    }

    private static void print(Segmentation segmentation, List<MaskCheck> checks, PrintWriter out) {
        for (Region region : Region.values()) {
            out.println(
                    switch (segmentation.finding(region)) {
                        case Found found ->
                            String.format(
                                    Locale.ROOT,
                                    "%-22s %8.1f ml  confidence %.2f  %s",
                                    region.datasetName(),
                                    found.millilitres(),
                                    found.confidence(),
                                    found.reason());
                        case Missing missing ->
                            String.format(Locale.ROOT, "%-22s  missing: %s", region.datasetName(), missing.reason());
                    });
        }
        checks.forEach(check -> out.println(check.severity().name().toLowerCase(Locale.ROOT) + ": " + check.words()));
        out.printf(Locale.ROOT, "%.1f s%n", segmentation.seconds());
        out.flush();
    }
}
