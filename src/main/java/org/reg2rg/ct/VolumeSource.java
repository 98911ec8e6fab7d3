package org.reg2rg.ct;

import java.io.IOException;
import java.nio.file.Path;

/** A kind of file or folder that a CT can be read from; {@link CtLoader} asks each in turn. */
public interface VolumeSource {
    /** What it reads, for error messages ("NIfTI-1 or -2"). */
    String kind();

    /** Whether the content (not the name) is of this kind; never fails because of what is in the file. */
    boolean recognises(Path path) throws IOException;

    /**
     * Reads the volume.
     *
     * @throws org.reg2rg.core.InputException if the content is damaged or not one CT volume
     */
    LoadedCt load(Path path) throws IOException;
}
