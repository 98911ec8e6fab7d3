package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.reg2rg.core.InputException;

/** What segmentations and structure sets have in common. */
final class DicomMasks {
    private DicomMasks() {}

    /** Whether a file is DICOM of this SOP class; damage means no. */
    static boolean isOfClass(Path path, String sopClass) throws IOException {
        if (!Files.isRegularFile(path) || !Study.looksLikeDicom(new PathSource(path))) {
            return false;
        }
        try (DicomFile file = DicomFile.open(new PathSource(path), ReadLimits.HEADER)) {
            return file.data().text(Tag.SOP_CLASS).orElse("").equals(sopClass);
        } catch (InputException e) {
            return false;
        }
    }

    /** The name itself, or with a number behind it where it is taken. */
    static String unique(String name, Set<String> taken) {
        String unique = name;
        for (int n = 2; taken.contains(unique); n++) {
            unique = name + " (" + n + ")";
        }
        return unique;
    }
}
