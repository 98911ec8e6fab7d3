package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.segment.AnatomySegmenter;
import org.reg2rg.segment.MaskCheck;
import org.reg2rg.segment.MaskChecks;
import org.reg2rg.segment.MaskFolder;
import org.reg2rg.segment.MaskRepair;
import org.reg2rg.segment.Segmentation;
import org.reg2rg.segment.SegmentationHtml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check-masks}: whether masks fit their CT, and what can be mended. */
@Command(
        name = "check-masks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Judges region masks: each for itself, against each other, and against what the CT shows.",
        footer = {
            "",
            "Example:",
            "  ./reg2rg check-masks masks/ --ct chest.nii.gz --preview checks.html",
            "  ./reg2rg check-masks masks/ --ct chest.nii.gz --repair --out mended"
        })
public final class CheckMasks implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "A folder of <region>.nii.gz, or a label map.")
    private Path source = Path.of("");

    @Option(names = "--ct", required = true, paramLabel = "CT", description = "The CT that the masks belong to.")
    private Path ct = Path.of("");

    @Option(names = "--repair", description = "Mend what can be mended, into --out.")
    private boolean repair;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the mended masks and checks.json.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--preview",
            paramLabel = "FILE.html",
            description = "One page with the outlines, and slices through what each check is about.")
    private Optional<Path> preview = Optional.empty();

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (repair != folder.isPresent()) {
            throw new InputException("check-masks", "--repair and --out belong together", "give both or none");
        }
        if (folder.isPresent()) {
            MaskFolder.requireReplaceable(folder.get());
        }
        quiet.say("Reading " + ct + " and " + source);
        LoadedCt loaded = CtLoader.load(ct, Optional.empty(), quiet.style());
        RegionMasks masks = MaskLoader.load(source, loaded.volume().grid(), MaskLoader.Options.NONE);
        quiet.say("Finding the regions in the CT itself, to compare with");
        Segmentation witness = AnatomySegmenter.segment(loaded.volume());
        List<MaskCheck> checks = MaskChecks.against(loaded.volume(), masks, witness);
        PrintWriter out = spec.commandLine().getOut();
        for (MaskCheck check : checks) {
            out.println(check.severity().name().toLowerCase(Locale.ROOT) + ": " + check.words());
        }
        if (checks.isEmpty()) {
            out.println("all is well with " + masks.masks().size() + " masks");
        }
        List<String> repairs = List.of();
        if (folder.isPresent()) {
            MaskRepair.Repaired repaired = MaskRepair.apply(loaded.volume(), masks, checks, witness);
            repaired.done().forEach(words -> out.println("repaired: " + words));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("format", "reg2rg-checks/1");
            json.put("ct_sha256", loaded.sha256());
            json.put("checks", checks.stream().map(MaskCheck::json).toList());
            json.put("repairs", repaired.done());
            MaskFolder.write(folder.get(), loaded.volume(), repaired.masks(), "checks.json", json);
            quiet.say("Wrote " + folder.get());
            repairs = repaired.done();
        }
        if (preview.isPresent()) {
            String title = "Masks of " + ct.getFileName();
            AtomicFiles.write(preview.get(), SegmentationHtml.checked(title, loaded.volume(), masks, checks, repairs));
            quiet.say("Wrote " + preview.get());
        }
        out.flush();
        return Main.OK;
    }
}
