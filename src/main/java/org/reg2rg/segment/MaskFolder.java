package org.reg2rg.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/**
 * Writes a folder of masks: {@code <region>.nii.gz} for each region that there is, {@code labels.nii.gz} with the numbers
 * 1 to 10, a record in JSON, and {@code overview.png}. The folder is there whole or not at all.
 */
public final class MaskFolder {
    public static final String LABELS = "labels.nii.gz";
    public static final String PICTURE = "overview.png";
    private static final List<String> RECORDS = List.of("segmentation.json", "import.json", "checks.json");

    private MaskFolder() {}

    /** The file of a region. */
    public static String file(Region region) {
        return region.datasetName() + ".nii.gz";
    }

    /**
     * Refuses a folder that cannot be written, or that holds other things than masks that this program wrote, since it will be
     * replaced.
     *
     * @throws InputException if it is a file, a folder with something else in it, or at a place without access
     */
    public static void requireReplaceable(Path folder) throws IOException {
        AtomicFiles.requireWritable(folder);
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder.toString(), "is a file, not a folder", "name a new folder after --out");
        }
        try (Stream<Path> files = Files.list(folder)) {
            boolean empty = files.findAny().isEmpty();
            if (!empty && RECORDS.stream().noneMatch(name -> Files.exists(folder.resolve(name)))) {
                throw new InputException(
                        folder.toString(),
                        "holds files that this program did not write",
                        "name a new folder after --out");
            }
        }
    }

    /**
     * Writes the folder.
     *
     * @param record name of the JSON file: one of segmentation.json, import.json, checks.json
     * @param json its content
     */
    public static void write(Path folder, CtVolume ct, RegionMasks masks, String record, Map<String, Object> json)
            throws IOException {
        requireReplaceable(folder);
        AtomicFiles.folder(folder, place -> {
            for (var entry : masks.masks().entrySet()) {
                NiftiWriter.writeMask(place.resolve(file(entry.getKey())), entry.getValue());
            }
            byte[] labels = labels(ct, masks);
            NiftiWriter.writeUint8(place.resolve(LABELS), ct.grid(), n -> labels[n]);
            byte[] picture = Overview.png(ct, masks);
            AtomicFiles.write(place.resolve(PICTURE), out -> out.write(picture));
            Json.write(place.resolve(record), json);
        });
    }

    /** Region numbers 1 to 10 per voxel; where regions overlap the smaller one wins. */
    static byte[] labels(CtVolume ct, RegionMasks masks) {
        byte[] labels = new byte[ct.size().voxels()];
        masks.masks().entrySet().stream()
                .sorted(Comparator.comparingInt(
                        (Map.Entry<Region, RegionMask> e) -> -e.getValue().count()))
                .forEach(entry -> {
                    var bits = MaskComparison.bits(entry.getValue());
                    byte label = (byte) (entry.getKey().ordinal() + 1);
                    for (int n = bits.nextSet(0); n >= 0; n = bits.nextSet(n + 1)) {
                        labels[n] = label;
                    }
                });
        return labels;
    }
}
