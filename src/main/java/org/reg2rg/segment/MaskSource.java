package org.reg2rg.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.dicom.DicomSegmentation;
import org.reg2rg.ct.dicom.RtStruct;
import org.reg2rg.segment.MaskImport.From;

/**
 * What masks are read from, and how.
 *
 * @param path a file, or a folder of NIfTI files
 */
record MaskSource(Path path, From kind) {
    private static final String NIFTI = "[^.].*\\.nii(\\.gz)?";

    /**
     * Looks at what was given. A folder that an archive exported, with one DICOM object of contours or segments in it,
     * stands for that object.
     *
     * @param from which tool's masks; chosen by content where empty
     * @throws InputException if nothing is there, or the folder leaves open which object is meant
     */
    static MaskSource of(Path given, Optional<From> from) throws IOException {
        if (!Files.exists(given)) {
            throw new InputException(given.toString(), "no such file or folder", "check the path");
        }
        if (!Files.isDirectory(given)) {
            return new MaskSource(
                    given, from.isPresent() ? from.get() : dicom(given).orElse(From.LABELMAP));
        }
        List<Path> files = files(given);
        boolean dicom = from.isPresent()
                ? from.get() == From.RTSTRUCT || from.get() == From.DICOM_SEG
                : files.stream().noneMatch(MaskSource::isNifti);
        return dicom ? onlyObject(given, files, from) : new MaskSource(given, from.orElse(From.RADGENOME));
    }

    private static MaskSource onlyObject(Path folder, List<Path> files, Optional<From> wanted) throws IOException {
        List<MaskSource> objects = objects(files, wanted);
        if (objects.isEmpty()) {
            throw new InputException(
                    folder.toString(),
                    "there are no masks in it (expected NIfTI files, or a DICOM RTSTRUCT or SEG)",
                    "give the folder or file that holds the masks");
        }
        if (objects.size() > 1) {
            List<String> names =
                    objects.stream().map(object -> MaskImport.name(object.path)).toList();
            throw new InputException(
                    folder.toString(),
                    "there are " + objects.size() + " DICOM objects with masks in it: " + String.join(", ", names),
                    "give one of these files");
        }
        return objects.getFirst();
    }

    /** Files directly in a folder whose names say that they are NIfTI, sorted. */
    static List<Path> niftiFiles(Path folder) throws IOException {
        return files(folder).stream().filter(MaskSource::isNifti).toList();
    }

    private static List<MaskSource> objects(List<Path> files, Optional<From> wanted) throws IOException {
        var objects = new ArrayList<MaskSource>();
        for (Path file : files) {
            dicom(file)
                    .filter(kind -> wanted.isEmpty() || wanted.get() == kind)
                    .ifPresent(kind -> objects.add(new MaskSource(file, kind)));
        }
        return objects;
    }

    private static Optional<From> dicom(Path file) throws IOException {
        if (RtStruct.recognises(file)) {
            return Optional.of(From.RTSTRUCT);
        }
        return DicomSegmentation.recognises(file) ? Optional.of(From.DICOM_SEG) : Optional.empty();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static boolean isNifti(Path file) {
        return MaskImport.name(file).toLowerCase(Locale.ROOT).matches(NIFTI);
    }
}
