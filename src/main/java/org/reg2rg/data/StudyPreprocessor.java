package org.reg2rg.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.AreaResize;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Foreground;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.HounsfieldWindow;
import org.reg2rg.ct.MaskedCt;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.VoxelBox;

/**
 * From a CT and its masks to what the model reads, exactly as published (radgenome_dataset_test.py): each region is
 * masked (−1024 outside), cropped to its voxels above −1000 HU, brought to the input size by area means, and only then
 * clamped and scaled; masks go to the box of the whole CT and stay fractional. The array is used as it is stored; for
 * other orientations and spacings see {@code --grid}.
 *
 * <p>Where the published code stops with an error, this one says what is wrong: a region without a voxel above −1000 HU
 * is dropped with the reason, a study without any region or without such voxels is refused.
 */
public final class StudyPreprocessor {
    private static final String NOTHING_BUT_AIR = "nothing in its mask is denser than air: no voxel is above -1000 HU";

    private final InputSpec spec;

    public StudyPreprocessor(InputSpec spec) {
        this.spec = spec;
    }

    /**
     * Preprocesses one study.
     *
     * @param subject the CT as the user knows it, for errors
     * @throws InputException if no region is left, or nothing in the CT is above −1000 HU
     */
    public StudyInput apply(String subject, CtVolume ct, RegionMasks masks) {
        VoxelBox globalBox = globalBox(subject, ct);
        Map<Region, String> dropped = new LinkedHashMap<>();
        var regions = new LinkedHashMap<Region, RegionInput>();
        masks.masks().forEach((region, mask) -> {
            if (mask.isEmpty()) {
                dropped.put(region, "its mask is empty");
                return;
            }
            Optional<VoxelBox> box = Foreground.of(ct, mask);
            if (box.isEmpty()) {
                dropped.put(region, NOTHING_BUT_AIR);
                return;
            }
            regions.put(region, region(ct, mask, spec.texture(region), box.get(), globalBox));
        });
        requireRegions(subject, masks, regions, dropped);
        return new StudyInput(spec, global(ct, globalBox), globalBox, regions, dropped);
    }

    /**
     * The whole volume alone.
     *
     * @return values in [−1, 1], as {@link StudyInput#global()}
     * @throws InputException if nothing in the CT is above −1000 HU
     */
    public float[] global(String subject, CtVolume ct) {
        return global(ct, globalBox(subject, ct));
    }

    private static VoxelBox globalBox(String subject, CtVolume ct) {
        return Foreground.of(ct)
                .orElseThrow(() -> new InputException(
                        subject,
                        "no voxel is above -1000 HU, so there is nothing to see",
                        "check that the values are Hounsfield units"));
    }

    private float[] global(CtVolume ct, VoxelBox box) {
        return AreaResize.resize(ct.size(), box, spec.volume(), MaskedCt.rows(ct), HounsfieldWindow::normalise);
    }

    private RegionInput region(CtVolume ct, RegionMask mask, GridSize size, VoxelBox box, VoxelBox globalBox) {
        float[] texture = AreaResize.resize(
                ct.size(), box, size, MaskedCt.rowsAboveOutside(ct, mask), StudyPreprocessor::normaliseAboveOutside);
        float[] coverage =
                AreaResize.resize(ct.size(), globalBox, spec.mask(), MaskedCt.rows(mask), AreaResize.Finish.NONE);
        return new RegionInput(texture, size, coverage, box);
    }

    private static void normaliseAboveOutside(float[] means, int from, int end) {
        for (int i = from; i < end; i++) {
            means[i] += HounsfieldWindow.OUTSIDE_HU;
        }
        HounsfieldWindow.normalise(means, from, end);
    }

    private static void requireRegions(
            String subject, RegionMasks masks, Map<Region, RegionInput> regions, Map<Region, String> dropped) {
        if (!regions.isEmpty()) {
            return;
        }
        boolean allEmpty = masks.masks().values().stream().allMatch(RegionMask::isEmpty);
        int count = masks.masks().size();
        String problem = masks.masks().isEmpty()
                ? "there is no region mask"
                : allEmpty
                        ? "every region mask is empty (" + count + " of " + count + ")"
                        : "no region is left: " + inWords(dropped);
        throw new InputException(subject, problem, "give masks that belong to this CT");
    }

    private static String inWords(Map<Region, String> dropped) {
        return dropped.entrySet().stream()
                .map(one -> one.getKey().datasetName() + " (" + one.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
