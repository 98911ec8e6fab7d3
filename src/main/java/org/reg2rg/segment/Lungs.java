package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;
import org.reg2rg.ct.morphology.SliceHull;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The two lungs on the work grid.
 *
 * @param aerated the air of both lungs, as the threshold finds it
 * @param left the patient's left lung with its vessels and what is dense in it
 * @param right the patient's right lung
 */
record Lungs(VoxelSet aerated, VoxelSet left, VoxelSet right) {
    private static final double LUNG_HU = -400;

    /** So much air, in one or two parts, is lung and not bowel. */
    private static final double WHOLE_ML = 1500;

    private static final double SURE_ML = 200;

    private static final double HERNIA_ML = 1.5;
    private static final double MIDLINE_MM = 40;

    /** Area in the first slices as a share of the largest. */
    private static final double CUT_SHARE = 0.6;

    private static final double SMALLEST_ML = 15;
    private static final double PIECE_ML = 1;
    /** Vessels and small nodules at the surface are not wider than this. */
    private static final double NOTCH_MM = 9;

    /** Soft tissue, also where a voxel holds some air. */
    private static final double DENSE_HU = -150;
    /** What is thinner than twice this goes into the lung. */
    private static final double VESSEL_MM = 3.8;

    private static final double HULL_RIM_MM = 4;
    /** Above the hilum. */
    private static final double UPPER_SHARE = 0.66;

    /** Two lungs that touch are parted where an erosion first parts them, at most this deep. */
    private static final double DEEPEST_SPLIT_MM = 20;

    static Lungs find(WorkVolume ct, VoxelSet body, VoxelSet airway, double middle) {
        VoxelSet air = ct.between(-2000, LUNG_HU).and(body).minus(airway.dilate(1.5));
        VoxelSet candidates = BowelGas.without(ct, air, WHOLE_ML).atLeast(PIECE_ML);
        List<VoxelSet> pieces = apart(candidates, middle);
        VoxelSet left = ct.none();
        VoxelSet right = ct.none();
        for (VoxelSet piece : pieces) {
            if (piece.centre()[0] < middle) {
                left = left.or(piece);
            } else {
                right = right.or(piece);
            }
        }
        VoxelSet aerated = left.or(right);
        VoxelSet wholeLeft = close(left).minus(right);
        VoxelSet wholeRight = close(right).minus(wholeLeft);
        VoxelSet bulges = bulges(ct, wholeLeft.or(wholeRight), aerated);
        wholeLeft = wholeLeft.minus(bulges);
        wholeRight = wholeRight.minus(bulges);
        return new Lungs(aerated, wholeLeft.minus(airway), wholeRight.minus(airway));
    }

    VoxelSet both() {
        return left.or(right);
    }

    /**
     * What bulges from the space between the lungs into the upper part of a lung and was closed over with it: great
     * vessels and thyroid. Thinner vessels, what hangs at the chest wall or nowhere, and the hilum are of the lung.
     */
    private static VoxelSet bulges(WorkVolume ct, VoxelSet lungs, VoxelSet aerated) {
        Box box = Box.of(lungs);
        int slice = ct.size().x() * ct.size().y();
        double from = box.from()[2] + UPPER_SHARE * (box.to()[2] - box.from()[2]);
        VoxelSet dense = lungs.minus(aerated).filter(n -> ct.hu()[n] > DENSE_HU && n / slice > from);
        VoxelSet between = SliceHull.of(lungs).erode(HULL_RIM_MM).minus(lungs).filter(n -> ct.hu()[n] > DENSE_HU);
        VoxelSet thick = dense.or(between).open(VESSEL_MM).and(dense);
        return thick.connectedTo(between.dilate(ct.mm()));
    }

    private static VoxelSet close(VoxelSet lung) {
        return lung.close(NOTCH_MM).fillHoles().fillSlices();
    }

    /** Each lung, or part of a lung, for itself. */
    private static List<VoxelSet> apart(VoxelSet air, double middle) {
        Components parts = air.components(Neighbours.FACES);
        List<VoxelSet> large = new ArrayList<>();
        VoxelSet small = VoxelSet.empty(air.size(), air.mm());
        double voxel = air.mm()[0] * air.mm()[1] * air.mm()[2] / 1000;
        boolean sure = air.largest(2).millilitres() >= WHOLE_ML;
        List<VoxelSet> candidates = new ArrayList<>();
        for (int c : parts.bySize()) {
            int wanted = c;
            if (parts.voxels(c) * voxel < SMALLEST_ML) {
                break;
            }
            candidates.add(new VoxelSet(air.size(), air.mm(), parts.select(n -> n == wanted)));
        }
        // in a scan of the abdomen only what its upper end cuts is lung, and bowel may be larger
        boolean basesOnly = !sure && candidates.stream().anyMatch(Lungs::cutByScan);
        for (VoxelSet part : candidates) {
            if (basesOnly ? cutByScan(part) : part.millilitres() >= SURE_ML) {
                large.addAll(bothSides(part, middle) ? split(part, middle) : List.of(part));
            }
        }
        List<VoxelSet> all = new ArrayList<>(large);
        VoxelSet near = large.stream().reduce(small, VoxelSet::or).dilate(12);
        VoxelSet rest = air;
        for (VoxelSet part : large) {
            rest = rest.minus(part);
        }
        Components crumbs = rest.components(Neighbours.FACES);
        Bits left = new Bits(air.size().voxels());
        Bits right = new Bits(air.size().voxels());
        VoxelSet close = rest.connectedTo(near);
        boolean[] hernia = behindHeart(air, crumbs, large, middle);
        crumbs.forEachRun((c, start, end) -> {
            boolean bowel = hernia[c] || basesOnly && crumbs.voxels(c) * voxel >= SMALLEST_ML;
            if (!bowel && close.contains(start)) {
                (start % air.size().x() < middle ? left : right).set(start, end);
            }
        });
        all.add(new VoxelSet(air.size(), air.mm(), left));
        all.add(new VoxelSet(air.size(), air.mm(), right));
        all.removeIf(VoxelSet::isEmpty);
        return all;
    }

    /** Which crumbs lie near the midline in the lower half of the lungs: gas of gullet, hernia or bronchus, not lung. */
    private static boolean[] behindHeart(VoxelSet air, Components crumbs, List<VoxelSet> lungs, double middle) {
        GridSize size = air.size();
        double height =
                lungs.stream().mapToDouble(lung -> lung.centre()[2]).max().orElse(0);
        double[][] sums = new double[crumbs.count()][2];
        crumbs.forEachRun((c, start, end) -> {
            sums[c][0] += (end - start) * (start % size.x() + end - 1 - start + start % size.x()) / 2.0;
            sums[c][1] += (end - start) * (double) (start / (size.x() * size.y()));
        });
        double voxel = air.mm()[0] * air.mm()[1] * air.mm()[2] / 1000;
        boolean[] behind = new boolean[sums.length];
        for (int c = 0; c < sums.length; c++) {
            double off = Math.abs(sums[c][0] / crumbs.voxels(c) - middle) * air.mm()[0];
            behind[c] =
                    crumbs.voxels(c) * voxel >= HERNIA_ML && off < MIDLINE_MM && sums[c][1] / crumbs.voxels(c) < height;
        }
        return behind;
    }

    /**
     * Lung bases at the upper end of a scan of the abdomen are small, but widest in its first slices; bowel that reaches
     * up there is widest elsewhere.
     */
    private static boolean cutByScan(VoxelSet part) {
        GridSize size = part.size();
        int[] area = new int[size.z()];
        for (int n = part.bits().nextSet(0); n >= 0; n = part.bits().nextSet(n + 1)) {
            area[n / (size.x() * size.y())]++;
        }
        int top = Math.max(area[size.z() - 1], area[Math.max(0, size.z() - 2)]);
        return top > 0 && top >= CUT_SHARE * Arrays.stream(area).max().orElse(0);
    }

    private static boolean bothSides(VoxelSet part, double middle) {
        GridSize size = part.size();
        int count = part.count();
        int left = part.filter(n -> n % size.x() < middle).count();
        return Math.min(left, count - left) > 0.2 * count;
    }

    /** Erodes until two large parts remain, then gives each voxel to the nearer of them. */
    private static List<VoxelSet> split(VoxelSet joined, double middle) {
        for (double radius = joined.mm()[0]; radius <= DEEPEST_SPLIT_MM; radius += joined.mm()[0]) {
            Components cores = joined.erode(radius).components(Neighbours.FACES);
            int[] order = cores.bySize();
            if (order.length >= 2 && cores.voxels(order[1]) > 0.2 * cores.voxels(order[0])) {
                VoxelSet one = new VoxelSet(joined.size(), joined.mm(), cores.select(c -> c == order[0]));
                VoxelSet two = new VoxelSet(joined.size(), joined.mm(), cores.select(c -> c == order[1]));
                if (one.centre()[0] < middle != two.centre()[0] < middle) {
                    float[] toOne = one.squaredDistance();
                    float[] toTwo = two.squaredDistance();
                    VoxelSet first = joined.filter(n -> toOne[n] <= toTwo[n]);
                    return List.of(first, joined.minus(first));
                }
            }
        }
        int x = joined.size().x();
        VoxelSet left = joined.filter(n -> n % x < middle);
        return List.of(left, joined.minus(left)).stream()
                .sorted(Comparator.comparingInt(s -> -s.count()))
                .toList();
    }
}
