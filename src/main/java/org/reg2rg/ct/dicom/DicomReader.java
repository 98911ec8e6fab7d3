package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.VolumeSource;
import org.reg2rg.ct.VolumeSummary;

/** Reads a CT from a DICOM file, a folder with sub-folders, or a zip: the best series, or the one that is named. */
public final class DicomReader implements VolumeSource {
    @Override
    public String kind() {
        return "DICOM as file, folder or zip";
    }

    @Override
    public boolean recognises(Path path) throws IOException {
        if (!Files.isDirectory(path) && !SourceFolder.isZip(path)) {
            return Files.isRegularFile(path) && Study.looksLikeDicom(new PathSource(path));
        }
        try (SourceFolder folder = SourceFolder.open(path)) {
            for (ByteSource source : folder.sources()) {
                if (isDicom(source)) {
                    return true;
                }
            }
            return false;
        } catch (InputException e) {
            return false;
        }
    }

    private static boolean isDicom(ByteSource source) {
        try {
            return Study.looksLikeDicom(source);
        } catch (IOException _) {
            return false; // one unreadable file says nothing of the others
        }
    }

    @Override
    public LoadedCt load(Path path) throws IOException {
        return load(path, Optional.empty(), Progress.Style.QUIET);
    }

    /**
     * Reads one series.
     *
     * @param path file, folder or zip
     * @param series Series Instance UID; empty for the best one
     * @return the volume; its warnings say which series was taken and what was done to it
     * @throws InputException if there is no such series, or none that makes a volume
     */
    public static LoadedCt load(Path path, Optional<String> series, Progress.Style style) throws IOException {
        String subject = path.toString();
        try (SourceFolder folder = SourceFolder.open(path)) {
            Study study = Study.index(folder, style);
            SeriesChoice choice = SeriesChoice.of(study, subject);
            SeriesChoice.Verdict verdict = choice.choose(series, subject, study.notes());
            LoadedCt loaded = VolumeAssembly.assemble(verdict.stack().orElseThrow(), subject, style);
            List<String> warnings = new ArrayList<>();
            if (choice.verdicts().size() > 1) {
                warnings.add("read series " + verdict.series().uid() + " of "
                        + choice.verdicts().size() + ": " + verdict.reason());
            }
            warnings.addAll(study.notes());
            warnings.addAll(loaded.warnings());
            return new LoadedCt(loaded.volume(), loaded.sha256(), warnings);
        }
    }

    /**
     * What is in a file, folder or zip, in words: every series, which would be read and why, and what is in that one.
     *
     * @param keepIdentifiers whether names, numbers and dates of the patient are printed
     */
    public static String describe(Path path, boolean keepIdentifiers, Progress.Style style) throws IOException {
        try (SourceFolder folder = SourceFolder.open(path)) {
            Study study = Study.index(folder, style);
            SeriesChoice choice = SeriesChoice.of(study, path.toString());
            String text = new DicomSummary(study, choice, keepIdentifiers).text();
            Optional<Stack> stack = choice.verdicts().stream().findFirst().flatMap(SeriesChoice.Verdict::stack);
            return stack.isEmpty()
                    ? text
                    : text
                            + VolumeSummary.of(VolumeAssembly.assemble(stack.get(), path.toString(), style))
                                    .text();
        }
    }
}
