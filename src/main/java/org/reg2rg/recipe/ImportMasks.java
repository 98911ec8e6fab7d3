package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.Region;
import org.reg2rg.segment.MaskFolder;
import org.reg2rg.segment.MaskImport;
import org.reg2rg.segment.MaskImport.From;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import-masks}: what another tool segmented, as the ten regions on the grid of the CT. */
@Command(
        name = "import-masks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Turns another tool's segmentation into the ten regions, on the grid of the CT, by geometry.",
        footer = {
            "",
            "Example:",
            "  ./reg2rg import-masks totalseg/ --ct chest.nii.gz \\",
            "      --from totalsegmentator --out masks",
            "",
            "Tables: totalsegmentator-v2, totalsegmentator-v1, sat, or a CSV file.",
            "A label map without --from or --table has the numbers 1 to 10 of the regions."
        })
public final class ImportMasks implements Callable<Integer> {
    private static final Map<String, From> KINDS = Map.of(
            "totalsegmentator", From.TOTALSEGMENTATOR,
            "sat", From.SAT,
            "radgenome", From.RADGENOME,
            "labelmap", From.LABELMAP,
            "rtstruct", From.RTSTRUCT,
            "dicom-seg", From.DICOM_SEG);

    @Parameters(index = "0", paramLabel = "SOURCE", description = "A file or a folder of files.")
    private Path source = Path.of("");

    @Option(names = "--ct", required = true, paramLabel = "CT", description = "The CT that was segmented.")
    private Path ct = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the ten regions.")
    private Path folder = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "TOOL",
            description = "totalsegmentator, sat, radgenome, labelmap, rtstruct or dicom-seg (default: by content).")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description =
                    "Which structure belongs to which region: a CSV file (label, source, region) or a shipped table's name.")
    private Optional<String> table = Optional.empty();

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<From> kind = from.isPresent() ? Optional.of(kind(from.get())) : Optional.empty();
        MaskFolder.requireReplaceable(folder);
        quiet.say("Reading " + ct);
        LoadedCt loaded = CtLoader.load(ct, Optional.empty(), quiet.style());
        quiet.say("Reading " + source);
        MaskImport.Imported imported = MaskImport.read(source, loaded.volume(), kind, table);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", "reg2rg-import/1");
        json.put("ct_sha256", loaded.sha256());
        Map<String, Object> regions = new LinkedHashMap<>();
        PrintWriter out = spec.commandLine().getOut();
        double voxel = loaded.volume().grid().voxelMillilitres();
        imported.masks().masks().forEach((region, mask) -> {
            var from = imported.used().getOrDefault(region, java.util.List.of());
            regions.put(region.datasetName(), from);
            out.printf(
                    Locale.ROOT,
                    "%-22s %9.1f ml  from %d: %s%n",
                    region.datasetName(),
                    mask.count() * voxel,
                    from.size(),
                    String.join(", ", from.stream().limit(4).toList()));
        });
        json.put("regions", regions);
        json.put("empty", imported.empty().stream().map(Region::datasetName).toList());
        json.put("ignored", imported.ignored());
        MaskFolder.write(folder, loaded.volume(), imported.masks(), "import.json", json);
        for (Region region : Region.values()) {
            if (!imported.masks().masks().containsKey(region)) {
                out.println(region.datasetName()
                        + (imported.empty().contains(region)
                                ? ": empty in the source"
                                : ": nothing in the source belongs to it"));
            }
        }
        out.println(imported.ignored().size() + " structures belong to no region");
        out.flush();
        return Main.OK;
    }

    private static From kind(String name) {
        From kind = KINDS.get(name.toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw new InputException("--from", "unknown tool '" + name + "'", Names.hint(name, KINDS.keySet()));
        }
        return kind;
    }
}
