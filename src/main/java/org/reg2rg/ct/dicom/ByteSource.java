package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one DICOM file: a file, or an entry of a zip. May be opened several times and by several threads. */
interface ByteSource {
    /** As the user knows it: a path, or {@code study.zip/folder/name}. */
    String name();

    InputStream open() throws IOException;
}
