package org.reg2rg.segment;

import java.util.List;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.MaskCheck.Kind;
import org.reg2rg.segment.MaskCheck.Severity;

/** Compares one mask with the built-in one of its region, and says what would explain a disagreement. */
final class RegionAgreement {
    private static final String[] AXES = {"first", "second", "third"};
    private static final double HALF_RECALL = 0.3;
    /** A mask of single organs lies within the region and covers a share of each side of it. */
    private static final double SPARSE_PRECISION = 0.9;

    private static final double SPARSE_RECALL = 0.12;
    private static final double SPARSE_BALANCE = 0.4;
    /** More than this of the inside of another organ is no matter of where a border runs. */
    private static final double IN_HEART_ML = 1.5;

    /** Gas of the stomach, or a bronchus, may count as lung. */
    private static final double IN_LUNG_ML = 3.5;

    private final MaskScene scene;
    private final Region region;
    private final RegionMask mask;
    private final VoxelSet set;
    private final MaskScene.Own own;
    private final Usual.Witness limits;

    private RegionAgreement(MaskScene scene, Region region, RegionMask mask, MaskScene.Own own) {
        this.scene = scene;
        this.region = region;
        this.mask = mask;
        this.own = own;
        set = scene.take(mask);
        limits = Usual.of(region).witness();
    }

    /** What is wrong with a mask; the first explanation that fits. */
    static Optional<MaskCheck> check(MaskScene scene, Region region, RegionMask mask, MaskScene.Own own) {
        return new RegionAgreement(scene, region, mask, own).explain();
    }

    private Optional<MaskCheck> explain() {
        return mirrored()
                .or(this::shifted)
                .or(this::incomplete)
                .or(this::elsewhere)
                .or(this::tooMuch)
                .or(this::differs);
    }

    /** The radius in mm of the largest ball that fits in; 0 for the empty set. */
    static double widest(VoxelSet set) {
        if (set.isEmpty()) {
            return 0;
        }
        VoxelSet part = Box.around(set, 1.5 * set.mm()[0]).cut(set);
        float[] squared = part.complement().squaredDistance();
        double most = 0;
        for (int n = part.bits().nextSet(0); n >= 0; n = part.bits().nextSet(n + 1)) {
            most = Math.max(most, squared[n]);
        }
        return Math.sqrt(most);
    }

    /** By how much a change must help to be believed: the better a mask fits as it is, the less. */
    static double better(double straight) {
        return Math.max(0.05, 0.3 * (1 - straight));
    }

    private Optional<MaskCheck> mirrored() {
        double straight = MaskScene.dice(set, own.set());
        for (int axis = 0; axis < 3; axis++) {
            if (MaskScene.dice(scene.mirrored(mask, axis), own.set()) > straight + better(straight)) {
                String words = "the %s mask is mirrored along the " + AXES[axis] + " array axis of the CT";
                return Optional.of(check(Kind.FLIPPED, Severity.ERROR, words, new Repair.Flip(region, axis)));
            }
        }
        return Optional.empty();
    }

    private Optional<MaskCheck> shifted() {
        double ratio = ratio();
        if (ratio < 0.5 || ratio > 2.5) {
            return Optional.empty();
        }
        return BestShift.find(set, own.set()).map(shift -> {
            String words = "the %s mask lies " + Math.round(shift.length()) + " mm off what the CT shows";
            double[] mm = shift.mm();
            return check(Kind.SHIFTED, Severity.ERROR, words, new Repair.Shift(region, mm[0], mm[1], mm[2]));
        });
    }

    /** Whether the mask lies where the region is, as far as it goes. */
    private boolean isPart() {
        return set.bits().countAnd(own.set().bits()) > limits.agreement() * set.count();
    }

    private double ratio() {
        return set.count() / (double) Math.max(1, own.set().count());
    }

    /** Whether a side of the region, or a piece of some width, is not covered. */
    private Optional<MaskCheck> incomplete() {
        double ratio = ratio();
        double whole = recall(own.set());
        boolean missing = leastRecall() < HALF_RECALL * Math.max(whole, 0.5) * (ratio < 0.8 ? 1.5 : 1);
        boolean small = ratio < limits.least() || widest(own.set().minus(set)) > limits.missMm();
        if (!small && !(missing && ratio < 0.85) || sparse(whole)) {
            return Optional.empty();
        }
        String words = "the %s mask misses a part of what the CT shows";
        Repair repair = isPart() ? new Repair.Complete(region) : new Repair.Replace(region);
        return Optional.of(check(Kind.INCOMPLETE, Severity.WARNING, words, repair));
    }

    /** Other tools draw the organs of the belly and the vessels between the lungs, and not what lies between these. */
    private boolean sparse(double recall) {
        boolean joined = region == Region.ABDOMEN || region == Region.MEDIASTINUM;
        double inside = set.bits().countAnd(own.set().bits()) / (double) set.count();
        return joined && inside > SPARSE_PRECISION && recall > SPARSE_RECALL && leastRecall() > SPARSE_BALANCE * recall;
    }

    private double recall(VoxelSet part) {
        return part.isEmpty() ? 1 : part.bits().countAnd(set.bits()) / (double) part.count();
    }

    /** The share of the worst covered of the six halves: left, right, back, front, lower, upper. */
    private double leastRecall() {
        double[] centre = own.set().centre();
        double least = 1;
        for (int half = 0; half < 6; half++) {
            int axis = half / 2;
            boolean upper = half % 2 == 0;
            VoxelSet part = own.set().filter(n -> upper == along(n, axis) >= centre[axis]);
            least = Math.min(least, recall(part));
        }
        return least;
    }

    private int along(int n, int axis) {
        int x = scene.ct.size().x();
        int y = scene.ct.size().y();
        return axis == 0 ? n % x : axis == 1 ? n / x % y : n / (x * y);
    }

    /** Whether the mask covers the inside of an organ that it cannot share voxels with. */
    private Optional<MaskCheck> elsewhere() {
        for (Region other : notIn()) {
            Optional<MaskScene.Own> there = scene.own(other);
            if (there.isPresent()) {
                VoxelSet wrong = there.get().core().minus(own.set()).and(set);
                if (wrong.millilitres() > (other == Region.LUNG ? IN_LUNG_ML : IN_HEART_ML)) {
                    String words = "the %s mask covers " + Math.round(wrong.millilitres()) + " ml of the inside of the "
                            + other.datasetName();
                    return Optional.of(check(Kind.LEAK, Severity.WARNING, words, new Repair.Trim(region)));
                }
            }
        }
        return Optional.empty();
    }

    /** The organs whose inside is sure and never part of this region. */
    private List<Region> notIn() {
        return switch (region) {
            case ABDOMEN, BONE, BREAST, THYROID -> List.of(Region.LUNG, Region.HEART);
            case HEART, MEDIASTINUM -> List.of(Region.LUNG);
            case LUNG, PLEURA, TRACHEA_AND_BRONCHI -> List.of(Region.HEART);
            // a hernia of the stomach takes the place of either
            case ESOPHAGUS -> List.of();
        };
    }

    /** Whether much of the mask, or a piece of some width, is where the CT does not show the region. */
    private Optional<MaskCheck> tooMuch() {
        VoxelSet far = set.minus(own.zone());
        double share = far.count() / (double) set.count();
        boolean wide = widest(set.minus(own.set())) > limits.extraMm();
        if (share <= limits.far() && ratio() <= limits.most() && !wide) {
            return Optional.empty();
        }
        VoxelSet near = set.connectedTo(own.set());
        boolean apart = far.bits().countAnd(near.bits()) < 0.5 * far.count();
        String words =
                "the %s mask " + (apart ? "has pieces away from" : "goes on beyond") + " what the CT shows as such";
        return Optional.of(check(
                apart ? Kind.FRAGMENTS : Kind.LEAK,
                Severity.WARNING,
                words,
                apart ? new Repair.KeepMain(region) : new Repair.Trim(region)));
    }

    private Optional<MaskCheck> differs() {
        double agreement = MaskScene.dice(set, own.set());
        double[] a = set.centre();
        double[] b = own.set().centre();
        boolean off = false;
        for (int axis = 0; axis < 3; axis++) {
            off |= Math.abs(a[axis] - b[axis]) * scene.ct.mm() > limits.offMm()[axis];
        }
        if (agreement >= limits.agreement() && !off || sparse(recall(own.set()))) {
            return Optional.empty();
        }
        String words =
                "the CT does not show the %s where its mask is (agreement " + MaskChecks.words("%.2f", agreement) + ")";
        return Optional.of(check(Kind.UNSUPPORTED, Severity.WARNING, words, new Repair.Replace(region)));
    }

    private MaskCheck check(Kind kind, Severity severity, String words, Repair repair) {
        return new MaskCheck(kind, severity, List.of(region), words.replace("%s", region.datasetName()), repair);
    }
}
