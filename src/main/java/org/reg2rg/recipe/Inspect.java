package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.VolumeSummary;
import org.reg2rg.ct.dicom.DicomReader;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a file, by its content: a volume with its grid and values, DICOM with its series, or weights with their shapes. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says what is in a file, by its content.",
            "A CT volume: grid, values, and what looks wrong. DICOM (file, folder, zip): its series, which of them would"
                    + " be read and why, without the patient's name. Weights (safetensors, torch, a folder of shards): names,"
                    + " types, shapes, sizes. Pickles are read as data, nothing in them is executed."
        },
        footer = {"", "Example:  ./reg2rg inspect chest.nii.gz study/ pytorch_model.bin"})
public final class Inspect implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Volumes, DICOM or weights.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = "--keep-identifiers",
            description = "Of DICOM, print name, number and dates of the patient too; else nothing names them.")
    private boolean keepIdentifiers;

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int code = Main.OK;
        for (Path file : files) {
            try {
                out.print(describe(file));
                out.flush();
            } catch (InputException e) { // the others are still told
                spec.commandLine().getErr().println("Error: " + e.getMessage());
                code = Main.BAD_INPUT;
            }
        }
        return code;
    }

    private String describe(Path file) throws IOException {
        String about;
        if (WeightFiles.areMeant(file)) {
            about = WeightSummary.of(file);
        } else if (Files.exists(file) && new DicomReader().recognises(file)) {
            about = DicomReader.describe(file, keepIdentifiers, quiet.style());
        } else {
            about = VolumeSummary.of(CtLoader.load(file)).text();
        }
        return file + System.lineSeparator() + about;
    }
}
