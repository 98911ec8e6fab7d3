package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;
import org.reg2rg.ct.morphology.SliceHull;
import org.reg2rg.ct.morphology.VoxelSet;

/** Finds bone: bright tissue outside the space where contrast medium, stents and calcified vessels are bright too. */
final class Skeleton {
    private static final double SEED_HU = 300;
    private static final double BONE_HU = 160;
    private static final double MARROW_GAP_MM = 4;
    /** Marrow is brighter than the spinal canal, which closed bone surrounds too. */
    private static final double MARROW_HU = 75;

    /** Marrow of the old is fat, but never gas. */
    private static final double FATTY_HU = -110;
    /** The head of a femur is not wider. */
    private static final double LARGEST_MARROW_MM2 = 2500;
    /** Nearer to the middle of the spine a hollow is its canal. */
    private static final double CANAL_MM = 18;

    private static final double VERTEBRA_HALF_MM = 22;
    private static final double VERTEBRA_DEPTH_MM = 32;
    private static final double SPONGY_HU = 100;
    /** To the back of the arches. */
    private static final double SPINE_DEPTH_MM = 60;
    /** A vertebral body is at least this deep; the canal lies behind. */
    private static final double BODY_MM = 18;
    /** Between two arches the canal is open to the sides. */
    private static final double CANAL_GAP_MM = 8;

    private static final double DISC_MM = 7;

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
        VoxelSet hollows = closed.fillSlices().minus(closed);
        VoxelSet marrow = hollows.and(ct.between(MARROW_HU, Double.MAX_VALUE)).or(pale(ct, hollows, spine));
        marrow = marrow.or(column(ct, bone, spine));
        VoxelSet filled = closed.or(marrow).minus(lungs.both()).and(body);
        VoxelSet whole = filled.minus(between(ct, lungs, spine)).or(bone);
        return whole.or(withinSpine(ct, whole, hollows, spine));
    }

    /** What the bones of the spine enclose: the canal and the discs, which the data set counts under bone. */
    private static VoxelSet withinSpine(WorkVolume ct, VoxelSet bone, VoxelSet hollows, Spine spine) {
        GridSize size = ct.size();
        VoxelSet near = VoxelSet.where(size, ct.spacing(), n -> {
            int k = n / (size.x() * size.y());
            double beside = Math.abs(n % size.x() - spine.x()[k]) * ct.mm();
            double behind = (spine.front()[k] - n / size.x() % size.y()) * ct.mm();
            return beside < VERTEBRA_HALF_MM && behind > 0 && behind < SPINE_DEPTH_MM;
        });
        VoxelSet canal = near.and(hollows)
                .filter(n -> behind(size, spine, n) * ct.mm() > BODY_MM)
                .open(ct.mm())
                .close(CANAL_GAP_MM);
        VoxelSet discs =
                bone.and(near).close(DISC_MM).filter(n -> behind(size, spine, n) * ct.mm() < VERTEBRA_DEPTH_MM);
        return canal.or(discs).and(near);
    }

    /** How far behind the front edge of the vertebral bodies, in voxels. */
    private static double behind(GridSize size, Spine spine, int n) {
        return spine.front()[n / (size.x() * size.y())] - n / size.x() % size.y();
    }

    /** The spongy inside of vertebral bodies, which is dimmer than bone elsewhere and not closed in by a shell. */
    private static VoxelSet column(WorkVolume ct, VoxelSet bone, Spine spine) {
        GridSize size = ct.size();
        WorkVolume smooth = ct.smoothed();
        VoxelSet spongy = VoxelSet.where(size, ct.spacing(), n -> {
            int k = n / (size.x() * size.y());
            double beside = Math.abs(n % size.x() - spine.x()[k]) * ct.mm();
            double behind = (spine.front()[k] - n / size.x() % size.y()) * ct.mm();
            return beside < VERTEBRA_HALF_MM && behind > 0 && behind < VERTEBRA_DEPTH_MM && smooth.hu()[n] > SPONGY_HU;
        });
        return spongy.open(ct.mm()).connectedTo(bone);
    }

    /** Hollows of a slice that hold the fatty marrow of long and flat bones: none of them is the spinal canal. */
    private static VoxelSet pale(WorkVolume ct, VoxelSet hollows, Spine spine) {
        GridSize size = ct.size();
        Components parts = Components.perSlice(hollows.bits(), size, Neighbours.FACES);
        double[] sum = new double[parts.count()];
        double[] nearest = new double[parts.count()];
        Arrays.fill(nearest, Double.MAX_VALUE);
        parts.forEachRun((c, start, end) -> {
            int k = start / (size.x() * size.y());
            for (int n = start; n < end; n++) {
                sum[c] += ct.hu()[n];
                nearest[c] = Math.min(nearest[c], Math.abs(n % size.x() - spine.x()[k]) * ct.mm());
            }
        });
        double pixel = ct.mm() * ct.mm();
        return new VoxelSet(
                size,
                ct.spacing(),
                parts.select(c -> nearest[c] > CANAL_MM
                        && sum[c] / parts.voxels(c) > FATTY_HU
                        && parts.voxels(c) * pixel < LARGEST_MARROW_MM2));
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
