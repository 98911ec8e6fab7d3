package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.MaskCheck.Kind;
import org.reg2rg.segment.MaskCheck.Severity;
import org.reg2rg.segment.Segmentation.Found;

/**
 * Compares masks with the built-in segmentation of the same CT and says what would explain a disagreement: turned round,
 * shifted, names exchanged, a part missing, a part too much, or another patient.
 */
final class Agreement {
    private static final String[] AXES = {"first", "second", "third"};
    /** Mirroring is believed when it makes the masks agree better by this much on average. */
    private static final double BETTER_ALL = 0.03;

    private static final double SHIFT_MM = 9;
    private static final double FAR_MM = 12;
    private static final double HALF_RECALL = 0.3;
    private static final double SURE = 0.5;

    private final WorkVolume ct;
    private final RegionMasks masks;
    private final Map<Region, VoxelSet> given = new EnumMap<>(Region.class);
    private final Map<Region, VoxelSet> witness = new EnumMap<>(Region.class);
    private final List<MaskCheck> checks = new ArrayList<>();
    private final Set<Region> explained = EnumSet.noneOf(Region.class);

    private Agreement(CtVolume volume, RegionMasks masks, Segmentation segmentation) {
        this.masks = masks;
        ct = WorkVolume.of(volume, MaskChecks.WORK_MM);
        for (Region region : Region.values()) {
            Optional<RegionMask> own = segmentation.mask(region);
            RegionMask mask = masks.masks().get(region);
            boolean sure = segmentation.finding(region) instanceof Found found && found.confidence() >= SURE;
            if (mask != null && own.isPresent() && sure) {
                VoxelSet set = ct.take(mask);
                if (!set.isEmpty()) {
                    given.put(region, set);
                    witness.put(region, ct.take(own.get()));
                }
            }
        }
    }

    static List<MaskCheck> check(CtVolume ct, RegionMasks masks, Segmentation witness) {
        var agreement = new Agreement(ct, masks, witness);
        if (!agreement.given.isEmpty() && !agreement.allMirrored()) {
            agreement.swapped();
            agreement.eachRegion();
        }
        return agreement.checks;
    }

    static double dice(VoxelSet a, VoxelSet b) {
        int sum = a.count() + b.count();
        return sum == 0 ? 1 : 2.0 * a.bits().countAnd(b.bits()) / sum;
    }

    private double mean(Map<Region, VoxelSet> sets) {
        return sets.entrySet().stream()
                .mapToDouble(e -> dice(e.getValue(), own(e.getKey())))
                .average()
                .orElse(0);
    }

    private VoxelSet own(Region region) {
        return witness.getOrDefault(region, ct.none());
    }

    private boolean allMirrored() {
        double straight = mean(given);
        int best = -1;
        double most = straight + BETTER_ALL;
        for (int axis = 0; axis < 3; axis++) {
            double agreement = mean(mirrored(axis));
            if (agreement > most) {
                most = agreement;
                best = axis;
            }
        }
        if (best < 0) {
            return false;
        }
        checks.add(new MaskCheck(
                Kind.FLIPPED,
                Severity.ERROR,
                List.of(),
                MaskChecks.words(
                        "all masks are mirrored along the %s array axis of the CT (agreement %.2f, mirrored back %.2f)",
                        AXES[best], straight, most),
                new Repair.FlipAll(best)));
        return true;
    }

    private Map<Region, VoxelSet> mirrored(int axis) {
        Map<Region, VoxelSet> sets = new EnumMap<>(Region.class);
        given.keySet().forEach(region -> sets.put(region, mirrored(region, axis)));
        return sets;
    }

    private VoxelSet mirrored(Region region, int axis) {
        return ct.take(Mirror.of(java.util.Objects.requireNonNull(masks.masks().get(region)), axis));
    }

    private void swapped() {
        for (Region a : given.keySet()) {
            for (Region b : given.keySet()) {
                if (a.compareTo(b) < 0 && areSwapped(a, b)) {
                    explained.add(a);
                    explained.add(b);
                    checks.add(new MaskCheck(
                            Kind.SWAPPED,
                            Severity.ERROR,
                            List.of(a, b),
                            MaskChecks.words(
                                    "the masks of %s and %s have each other's names", a.datasetName(), b.datasetName()),
                            new Repair.Exchange(a, b)));
                }
            }
        }
    }

    private boolean areSwapped(Region a, Region b) {
        VoxelSet ma = given.getOrDefault(a, ct.none());
        VoxelSet mb = given.getOrDefault(b, ct.none());
        if (a == Region.LUNG && b == Region.PLEURA) {
            // the pleura of the data set encloses the lung
            return mb.count() < 0.97 * ma.count() && mb.minus(ma).count() < 0.02 * mb.count() && dice(ma, mb) > 0.8;
        }
        double straight = dice(ma, own(a)) + dice(mb, own(b));
        double crossed = dice(ma, own(b)) + dice(mb, own(a));
        boolean doubted = dice(ma, own(a)) < Usual.of(a).witness().agreement()
                || dice(mb, own(b)) < Usual.of(b).witness().agreement();
        return doubted && crossed > straight + 0.4;
    }

    private void eachRegion() {
        List<Region> doubted = new ArrayList<>();
        for (Region region : given.keySet()) {
            if (!explained.contains(region)) {
                boolean doubt = dice(given.getOrDefault(region, ct.none()), own(region))
                        < Usual.of(region).witness().agreement();
                boolean known = mirroredOne(region) || shifted(region) || incomplete(region) || tooMuch(region);
                if (doubt && !known) {
                    doubted.add(region);
                }
            }
        }
        boolean most = doubted.size() * 2 > given.size();
        if (most) {
            checks.add(new MaskCheck(
                    Kind.OTHER_PATIENT,
                    Severity.ERROR,
                    doubted,
                    "most masks do not fit this CT: they may be of another patient or another scan",
                    new Repair.None()));
        }
        doubted.forEach(region -> checks.add(new MaskCheck(
                Kind.UNSUPPORTED,
                Severity.WARNING,
                List.of(region),
                MaskChecks.words("the CT does not show the %s where its mask is", region.datasetName()),
                new Repair.Replace(region))));
    }

    /** By how much a change must help to be believed: the better a mask fits as it is, the less. */
    private static double better(double straight) {
        return Math.max(0.05, 0.3 * (1 - straight));
    }

    private boolean mirroredOne(Region region) {
        double straight = dice(given.getOrDefault(region, ct.none()), own(region));
        for (int axis = 0; axis < 3; axis++) {
            if (dice(mirrored(region, axis), own(region)) > straight + better(straight)) {
                add(
                        Kind.FLIPPED,
                        Severity.ERROR,
                        region,
                        "the %s mask is mirrored along the " + AXES[axis] + " array axis of the CT",
                        new Repair.Flip(region, axis));
                return true;
            }
        }
        return false;
    }

    private boolean shifted(Region region) {
        VoxelSet set = given.getOrDefault(region, ct.none());
        int[] steps = Mirror.shift(set, own(region));
        double mm = ct.mm() * Math.sqrt(steps[0] * steps[0] + steps[1] * steps[1] + steps[2] * (double) steps[2]);
        double ratio = set.count() / (double) Math.max(1, own(region).count());
        if (mm < SHIFT_MM || ratio < 0.5 || ratio > 2.5) {
            return false;
        }
        double straight = dice(set, own(region));
        double moved = dice(Mirror.moved(set, steps), own(region));
        if (moved < straight + better(straight)) {
            return false;
        }
        add(
                Kind.SHIFTED,
                Severity.ERROR,
                region,
                "the %s mask lies " + Math.round(mm) + " mm off what the CT shows",
                new Repair.Shift(region, steps[0] * ct.mm(), steps[1] * ct.mm(), steps[2] * ct.mm()));
        return true;
    }

    /** Whether a whole side of the region is not covered. */
    private boolean incomplete(Region region) {
        VoxelSet own = own(region);
        VoxelSet set = given.getOrDefault(region, ct.none());
        double ratio = set.count() / (double) own.count();
        double whole = own.bits().countAnd(set.bits()) / (double) own.count();
        double[] centre = own.centre();
        boolean missing = false;
        for (int half = 0; half < 6 && !missing; half++) {
            int axis = half / 2;
            boolean upper = half % 2 == 0;
            VoxelSet part = own.filter(n -> upper == along(n, axis) >= centre[axis]);
            double recall = part.isEmpty() ? 1 : part.bits().countAnd(set.bits()) / (double) part.count();
            missing = recall < HALF_RECALL * Math.max(whole, 0.5) * (ratio < 0.8 ? 1.5 : 1);
        }
        boolean small = ratio < Usual.of(region).witness().least();
        if (small || missing && ratio < 0.85) {
            add(
                    Kind.INCOMPLETE,
                    Severity.WARNING,
                    region,
                    "the %s mask misses a part of what the CT shows",
                    new Repair.Replace(region));
        }
        return small || missing && ratio < 0.85;
    }

    private int along(int n, int axis) {
        int x = ct.size().x();
        int y = ct.size().y();
        return axis == 0 ? n % x : axis == 1 ? n / x % y : n / (x * y);
    }

    /** Whether much of the mask is far from where the CT shows the region. */
    private boolean tooMuch(Region region) {
        VoxelSet set = given.getOrDefault(region, ct.none());
        VoxelSet far = set.minus(own(region).dilate(FAR_MM));
        double share = far.count() / (double) set.count();
        double limit = Usual.of(region).witness().far();
        double ratio = set.count() / (double) own(region).count();
        if (share <= limit && ratio <= Usual.of(region).witness().most()) {
            return false;
        }
        VoxelSet near = set.connectedTo(own(region));
        boolean apart = far.bits().countAnd(near.bits()) < 0.5 * far.count();
        Kind kind = apart ? Kind.FRAGMENTS : Kind.LEAK;
        String what = apart ? "has pieces away from" : "goes on beyond";
        add(
                kind,
                Severity.WARNING,
                region,
                "the %s mask " + what + " what the CT shows as such",
                apart ? new Repair.KeepMain(region) : new Repair.Trim(region));
        return true;
    }

    private void add(Kind kind, Severity severity, Region region, String format, Repair repair) {
        explained.add(region);
        checks.add(
                new MaskCheck(kind, severity, List.of(region), MaskChecks.words(format, region.datasetName()), repair));
    }
}
