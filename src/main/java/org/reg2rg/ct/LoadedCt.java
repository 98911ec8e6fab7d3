package org.reg2rg.ct;

import java.util.List;

/**
 * A CT as it came from the user.
 *
 * @param volume values in HU on the grid of the file
 * @param sha256 hash of the bytes that were read: of the file; of header and image in turn, where they are two files
 * @param warnings what the user should know, one sentence each
 */
public record LoadedCt(CtVolume volume, String sha256, List<String> warnings) {
    public LoadedCt {
        warnings = List.copyOf(warnings);
    }
}
