package org.reg2rg.ct;

import java.io.IOException;
import java.nio.file.Path;
import org.reg2rg.core.InputException;

/** What reading one mask file on a thread of its own gave: the mask, or what was wrong, kept until its turn comes. */
sealed interface MaskFile {
    Path path();

    /**
     * The file as it was read.
     *
     * @throws InputException if the file is no mask for the CT
     * @throws IOException if it could not be read
     */
    Read orThrow() throws IOException;

    /** @param sha256 of the file's bytes, as they lie on the disk */
    record Read(Path path, RegionMask mask, String sha256) implements MaskFile {
        @Override
        public Read orThrow() {
            return this;
        }
    }

    /** A file that does not fit its CT or is damaged. */
    record Refused(Path path, InputException cause) implements MaskFile {
        @Override
        public Read orThrow() {
            throw cause;
        }
    }

    /** A file that the disk or the system did not give. */
    record Unread(Path path, IOException cause) implements MaskFile {
        @Override
        public Read orThrow() throws IOException {
            throw cause;
        }
    }
}
