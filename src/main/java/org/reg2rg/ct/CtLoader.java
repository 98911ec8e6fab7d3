package org.reg2rg.ct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.dicom.DicomReader;

/** The one door for a CT: decides by content, never by the file's name, which reader takes it. */
public final class CtLoader {
    /** In the order in which they are asked. */
    private static final List<VolumeSource> SOURCES = List.of(new NiftiReader(), new DicomReader());

    private CtLoader() {}

    /**
     * Reads a CT.
     *
     * @throws InputException if there is no such file, no reader knows it, or it is damaged
     */
    public static LoadedCt load(Path path) throws IOException {
        return load(path, Optional.empty(), Progress.Style.QUIET);
    }

    /**
     * Reads a CT, of DICOM one series, and shows how far it is.
     *
     * @param series Series Instance UID; empty for the best one
     * @throws InputException also if there is no such series, or one is named and the CT is no DICOM
     */
    public static LoadedCt load(Path path, Optional<String> series, Progress.Style style) throws IOException {
        VolumeSource source = source(path);
        if (source instanceof DicomReader) {
            return DicomReader.load(path, series, style);
        }
        if (series.isPresent()) {
            throw new InputException(
                    "--series", path + " is no DICOM and has no series (got " + series.get() + ")", "leave it out");
        }
        return source.load(path);
    }

    /** Whether some reader knows the content of this file or folder. */
    public static boolean recognises(Path path) throws IOException {
        for (VolumeSource source : SOURCES) {
            if (source.recognises(path)) {
                return true;
            }
        }
        return false;
    }

    private static VolumeSource source(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException(path.toString(), "no such file or folder", "check the path");
        }
        if (!Files.isReadable(path)) {
            throw new InputException(path.toString(), "may not be read", "give yourself the right to read it");
        }
        for (VolumeSource source : SOURCES) {
            if (source.recognises(path)) {
                return source;
            }
        }
        String kinds = SOURCES.stream().map(VolumeSource::kind).collect(Collectors.joining(", "));
        String what = Files.isDirectory(path) ? "a folder without a CT" : "not a CT volume";
        throw new InputException(path.toString(), what + " (expected " + kinds + ")", "give the CT itself");
    }
}
