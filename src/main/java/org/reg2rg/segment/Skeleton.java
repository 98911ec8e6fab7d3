package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.SliceHull;
import org.reg2rg.ct.morphology.VoxelSet;

/** Finds bone: bright tissue outside the space where contrast medium, stents and calcified vessels are bright too. */
final class Skeleton {
    private static final double SEED_HU = 300;
    private static final double BONE_HU = 160;
    private static final double MARROW_GAP_MM = 4;
    /** Marrow is brighter than the spinal canal, which closed bone surrounds too. */
    private static final double MARROW_HU = 75;

    private static final double SMALLEST_ML = 0.4;
    /** Contrast in kidneys and bowel lies deeper under the skin than ribs, and not at the spine. */
    private static final double DENSE_HU = 400;

    private static final double DENSE_ML = 1;
    private static final double SPINE_SIDE_MM = 55;

    private static final double SPINE_BEHIND_MM = 0;

    private Skeleton() {}

    static VoxelSet find(WorkVolume ct, VoxelSet body, Lungs lungs, Spine spine) {
        VoxelSet bright = ct.between(BONE_HU, Double.MAX_VALUE).and(body);
        VoxelSet allowed = bright.minus(between(ct, lungs, spine));
        VoxelSet belly = belly(ct, body, lungs, spine);
        VoxelSet seeds = ct.between(SEED_HU, Double.MAX_VALUE).and(allowed).minus(belly);
        VoxelSet dense =
                ct.between(DENSE_HU, Double.MAX_VALUE).and(allowed).and(belly).atLeast(DENSE_ML);
        allowed = allowed.minus(belly).or(allowed.and(belly).connectedTo(dense));
        seeds = seeds.or(dense);
        VoxelSet bone = allowed.connectedTo(seeds).atLeast(SMALLEST_ML);
        VoxelSet closed = bone.close(MARROW_GAP_MM);
        VoxelSet marrow = closed.fillSlices().and(ct.between(MARROW_HU, Double.MAX_VALUE));
        VoxelSet filled = closed.or(marrow).minus(lungs.both()).and(body);
        return filled.minus(between(ct, lungs, spine)).or(bone);
    }

    /** The space between the lungs and before the spine: no bone lies there. */
    static VoxelSet between(WorkVolume ct, Lungs lungs, Spine spine) {
        GridSize size = ct.size();
        VoxelSet hull = SliceHull.of(lungs.both()).erode(4);
        return hull.filter(n -> {
            int j = n / size.x() % size.y();
            int k = n / (size.x() * size.y());
            return j > spine.front()[k] + 1;
        });
    }

    /** Below the lungs: everything deep that is before the spine and far from the skin. */
    private static VoxelSet belly(WorkVolume ct, VoxelSet body, Lungs lungs, Spine spine) {
        GridSize size = ct.size();
        float[] depth = body.complement().squaredDistance();
        VoxelSet both = lungs.both();
        double base = both.isEmpty()
                ? size.z()
                : org.reg2rg.ct.morphology.Box.of(both).from()[2];
        double deep = 45 * 45;
        return VoxelSet.where(size, ct.spacing(), n -> {
            int i = n % size.x();
            int j = n / size.x() % size.y();
            int k = n / (size.x() * size.y());
            boolean nearSpine = Math.abs(i - spine.x()[k]) * ct.mm() < SPINE_SIDE_MM
                    && j < spine.front()[k] + SPINE_BEHIND_MM / ct.mm() + 1;
            return k < base && depth[n] > deep && !nearSpine;
        });
    }
}
