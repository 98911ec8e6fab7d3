package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.language.Decoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws a synthetic study and reports on it: the whole program on a machine that has no CT. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Draws a synthetic chest CT with its ten region masks and writes a report of it.",
            "It takes the same way as `report` and needs no file of yours."
        },
        footer = {"", "Example:  ./reg2rg demo --out demo"})
public final class Demo implements Callable<Integer> {
    /** No training cohort uses this seed. */
    private static final long SEED = 20_260_101;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the study and its report. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("demo");

    @Option(
            names = "--study",
            paramLabel = "N",
            description = "Which synthetic study; 0 has nothing to find. Default: ${DEFAULT-VALUE}.")
    private int study = 1;

    @Mixin
    private Quiet quiet = new Quiet();

    @Override
    public Integer call() throws IOException {
        PhantomStudy phantom = Phantom.generate(SEED, study, PhantomSize.USUAL);
        Path ct = out.resolve("study").resolve("ct.nii.gz");
        Path masks = out.resolve("study").resolve("masks");
        NiftiWriter.writeInt16(ct, phantom.volume());
        for (Map.Entry<Region, RegionMask> mask : phantom.masks().masks().entrySet()) {
            NiftiWriter.writeMask(masks.resolve(mask.getKey().datasetName() + ".nii.gz"), mask.getValue());
        }
        quiet.say("Drew a synthetic study: " + ct + " and its masks in " + masks);
        String shown = phantom.findings().stream()
                .map(finding -> finding.type().title().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(", "));
        quiet.say("What is to be found in it: " + (shown.isEmpty() ? "nothing" : shown));
        new ReportJob(
                        new GivenStudy.Masks(Optional.of(masks), MaskLoader.Options.NONE),
                        new GivenStudy.Slots(List.of(), false),
                        ModelGrid.Choice.AUTO,
                        new ReportJob.Computing(Optional.empty(), "cpu", 500, new Decoding.Greedy(), 20),
                        new ReportJob.Output(out, EnumSet.allOf(ReportJob.Format.class), Optional.empty(), quiet))
                .run(ct, Optional.empty(), Optional.empty());
        return Main.OK;
    }
}
