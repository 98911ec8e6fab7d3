package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Orientation;
import org.reg2rg.ct.dicom.DicomReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A DICOM series as one NIfTI file in Hounsfield units. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Turns a DICOM series into one NIfTI file in HU; nothing that names the patient goes into it.",
        footer = {"", "Example:  ./reg2rg convert study/ --out chest.nii.gz"})
public final class Convert implements Callable<Integer> {
    @Parameters(paramLabel = "DICOM", description = "A DICOM file, a folder with sub-folders, or a zip.")
    @SuppressWarnings("NullAway.Init")
    private Path dicom;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "NIfTI file to write (.nii or .nii.gz).")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--series",
            paramLabel = "UID",
            description = "Series to read (see: inspect); default: the best chest series.")
    private @Nullable String series;

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
            throw new InputException(out.toString(), "not the name of a NIfTI file", "end --out with .nii or .nii.gz");
        }
        AtomicFiles.requireWritable(out);
        LoadedCt loaded = DicomReader.load(dicom, Optional.ofNullable(series), quiet.style());
        CtVolume ct = loaded.volume();
        if (isInt16(ct.hu())) {
            NiftiWriter.writeInt16(out, ct);
        } else {
            NiftiWriter.writeFloat32(out, ct);
        }
        report(loaded);
        return Main.OK;
    }

    private void report(LoadedCt loaded) {
        PrintWriter print = spec.commandLine().getOut();
        CtVolume ct = loaded.volume();
        double[] mm = ct.grid().spacing();
        print.printf(
                Locale.ROOT,
                "%s: %s voxels of %.3f × %.3f × %.3f mm, %s%n",
                out,
                ct.size(),
                mm[0],
                mm[1],
                mm[2],
                Orientation.of(ct.grid().toWorld()).code());
        print.flush();
        loaded.warnings().forEach(warning -> quiet.say("Note: " + warning));
    }

    /** Whether whole numbers of 16 bits hold every value. */
    private static boolean isInt16(float[] hu) {
        for (float value : hu) {
            if (value != (short) value) {
                return false;
            }
        }
        return true;
    }
}
