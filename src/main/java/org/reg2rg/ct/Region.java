package org.reg2rg.ct;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;

/**
 * The ten chest regions of RadGenome-ChestCT, in the published (alphabetical) order: number n of a label map is
 * {@code ordinal() + 1}. Names are the data set's, with its spelling of "bronchie", because weights depend on them.
 */
public enum Region {
    ABDOMEN("abdomen", 0xE69F00),
    BONE("bone", 0xF0E442),
    BREAST("breast", 0xCC79A7),
    ESOPHAGUS("esophagus", 0xD55E00),
    HEART("heart", 0xE8384F),
    LUNG("lung", 0x56B4E9),
    MEDIASTINUM("mediastinum", 0x009E73),
    PLEURA("pleura", 0x0072B2),
    THYROID("thyroid", 0xAA77FF),
    TRACHEA_AND_BRONCHI("trachea and bronchie", 0x66FFCC);

    private final String datasetName;
    private final int rgb;

    Region(String datasetName, int rgb) {
        this.datasetName = datasetName;
        this.rgb = rgb;
    }

    /** The spelling of the data set, the prompt and the file names. */
    public String datasetName() {
        return datasetName;
    }

    /** The colour of this region in every picture, 0xRRGGBB. */
    public int rgb() {
        return rgb;
    }

    /** The colour as CSS wants it: {@code #rrggbb}. */
    public String css() {
        return String.format("#%06x", rgb);
    }

    public static List<String> datasetNames() {
        return Arrays.stream(values()).map(Region::datasetName).toList();
    }

    /** The region of this exact data set name, if there is one. */
    public static Optional<Region> find(String datasetName) {
        return Arrays.stream(values())
                .filter(r -> r.datasetName.equals(datasetName))
                .findFirst();
    }

    /**
     * The region that a user named; "trachea and bronchi" and "trachea" are taken for the data set's spelling.
     *
     * @param subject where the name stands (a file or an option), for the error
     * @throws InputException with the nearest name, if there is no such region
     */
    public static Region parse(String subject, String name) {
        String wanted = name.strip().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        if (wanted.equals("trachea and bronchi") || wanted.equals("trachea")) {
            return TRACHEA_AND_BRONCHI;
        }
        return find(wanted)
                .orElseThrow(() -> new InputException(
                        subject, "unknown region '" + name + "'", Names.hint(wanted, datasetNames())));
    }
}
