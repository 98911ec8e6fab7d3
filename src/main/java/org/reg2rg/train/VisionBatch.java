package org.reg2rg.train;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.tensor.Tensors;

/**
 * Crops of one size with what is true of them.
 *
 * @param volumes [n, 1, X, Y, Z]
 * @param masks [n, 1, X', Y', Z']; zeros for the whole volume
 * @param regions [n] number of the region, {@value #NO_REGION} for the whole volume
 * @param own [n, f] 1 where the crop answers for the finding
 * @param labels [n, f] 1 where the finding is there
 * @param cells [n, f, x, y, z] 1 where the finding is, on the grid of the map
 * @param subsolid [n] 1 where the crop answers for a nodule that is subsolid
 * @param noduleSize [n, s] classes of {@link NoduleSize} of the largest nodule, 0 where there is none to measure
 */
record VisionBatch(
        Tensor volumes,
        Tensor masks,
        Tensor regions,
        Tensor own,
        Tensor labels,
        Tensor cells,
        Tensor subsolid,
        Tensor noduleSize) {
    static final int NO_REGION = -100;

    /** [n, 1, 1]: 1 of a region, 0 of the whole volume, which has no mask. */
    Tensor isRegion() {
        return regions.ge(new Scalar(0)).to(ScalarType.Float).reshape(-1, 1, 1);
    }

    /** One crop of one study. */
    record Item(int study, int crop) {}

    /** @param items crops that all have the same input size */
    static VisionBatch of(CropFile file, List<Item> items, Sees sees) {
        GridSize size = file.layout().size(items.getFirst().crop());
        GridSize cells = file.layout().cells(items.getFirst().crop());
        GridSize maskSize = file.layout().spec().mask();
        int n = items.size();
        int f = CropLayout.FINDINGS;
        float[] volumes = new float[n * size.voxels()];
        float[] masks = new float[n * maskSize.voxels()];
        float[] marked = new float[n * f * cells.voxels()];
        float[] own = new float[n * f];
        float[] labels = new float[n * f];
        float[] subsolid = new float[n];
        float[] noduleSize = new float[n * NoduleSize.CLASSES];
        int[] regions = new int[n];
        for (int i = 0; i < n; i++) {
            int study = items.get(i).study();
            int crop = items.get(i).crop();
            StudyFacts facts = file.facts(study);
            file.texture(study, crop, volumes, i * size.voxels());
            file.cells(study, crop, marked, i * f * cells.voxels());
            int place = i;
            regions[i] = CropLayout.region(crop)
                    .map(region -> {
                        file.mask(study, region, masks, place * maskSize.voxels());
                        return region.ordinal();
                    })
                    .orElse(NO_REGION);
            for (FindingType type : FindingType.values()) {
                own[i * f + type.ordinal()] = answersFor(crop, type) ? 1 : 0;
                labels[i * f + type.ordinal()] = facts.has(crop, type) ? 1 : 0;
            }
            subsolid[i] = facts.subsolidNodule() && answersFor(crop, FindingType.LUNG_NODULE) ? 1 : 0;
            if (showsNodules(crop, sees) && facts.noduleMm() > 0) {
                NoduleSize.spread(facts.noduleMm(), noduleSize, i * NoduleSize.CLASSES);
            }
        }
        return new VisionBatch(
                Tensors.floats(volumes, n, 1, size.x(), size.y(), size.z()),
                Tensors.floats(masks, n, 1, maskSize.x(), maskSize.y(), maskSize.z()),
                Tensors.longs(regions),
                Tensors.floats(own, n, f),
                Tensors.floats(labels, n, f),
                Tensors.floats(marked, n, f, cells.x(), cells.y(), cells.z()),
                Tensors.floats(subsolid, n),
                Tensors.floats(noduleSize, n, NoduleSize.CLASSES));
    }

    /** Nodules are measured in the lung where there is a crop of it. */
    static boolean showsNodules(int crop, Sees sees) {
        return crop == (sees == Sees.REGIONS ? CropLayout.crop(Region.LUNG) : 0);
    }

    /** The whole volume answers for everything; medical material is reported wherever it lies. */
    static boolean answersFor(int crop, FindingType type) {
        return CropLayout.region(crop)
                .map(region -> type.region() == region || type == FindingType.MEDICAL_MATERIAL)
                .orElse(true);
    }
}
