package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.MaskCheck.Kind;
import org.reg2rg.segment.MaskCheck.Severity;

/**
 * Compares masks with the built-in segmentation of the same CT: all turned round, names exchanged, of another patient;
 * and each for itself ({@link RegionAgreement}).
 */
final class Agreement {
    private static final String[] AXES = {"first", "second", "third"};
    /** Mirroring is believed when it makes the masks agree better by this much on average. */
    private static final double BETTER_ALL = 0.03;

    private static final double BETTER_CROSSED = 0.4;

    private final MaskScene scene;
    /** The masks that have a witness and are not empty. */
    private final Map<Region, RegionMask> given = new EnumMap<>(Region.class);

    private final Map<RegionMask, Map<Region, Optional<MaskCheck>>> known;
    private final List<MaskCheck> checks = new ArrayList<>();
    private final Set<Region> explained = EnumSet.noneOf(Region.class);

    private Agreement(MaskScene scene, RegionMasks masks, Map<RegionMask, Map<Region, Optional<MaskCheck>>> known) {
        this.scene = scene;
        this.known = known;
        masks.masks().forEach((region, mask) -> {
            if (scene.own(region).isPresent() && !scene.take(mask).isEmpty()) {
                given.put(region, mask);
            }
        });
    }

    /** @param known what was found before, by mask and region; is added to */
    static List<MaskCheck> check(
            MaskScene scene, RegionMasks masks, Map<RegionMask, Map<Region, Optional<MaskCheck>>> known) {
        var agreement = new Agreement(scene, masks, known);
        if (!agreement.given.isEmpty() && !agreement.allMirrored()) {
            agreement.swapped();
            agreement.eachRegion();
        }
        return agreement.checks;
    }

    private MaskScene.Own own(Region region) {
        return scene.own(region).orElseThrow();
    }

    private VoxelSet set(Region region) {
        return scene.take(Objects.requireNonNull(given.get(region)));
    }

    private double mean(Function<RegionMask, VoxelSet> seen) {
        return given.entrySet().stream()
                .mapToDouble(e ->
                        MaskScene.dice(seen.apply(e.getValue()), own(e.getKey()).set()))
                .average()
                .orElse(0);
    }

    private boolean allMirrored() {
        double straight = mean(scene::take);
        int best = -1;
        double most = straight + BETTER_ALL;
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            double agreement = mean(mask -> scene.mirrored(mask, along));
            if (agreement > most) {
                most = agreement;
                best = axis;
            }
        }
        if (best < 0) {
            return false;
        }
        String words = "all masks are mirrored along the %s array axis of the CT (agreement %.2f, mirrored back %.2f)";
        checks.add(new MaskCheck(
                Kind.FLIPPED,
                Severity.ERROR,
                List.of(),
                MaskChecks.words(words, AXES[best], straight, most),
                new Repair.FlipAll(best)));
        return true;
    }

    private void swapped() {
        for (Region a : given.keySet()) {
            for (Region b : given.keySet()) {
                if (a.compareTo(b) < 0 && areSwapped(a, b)) {
                    explained.add(a);
                    explained.add(b);
                    String words = "the masks of %s and %s have each other's names";
                    checks.add(new MaskCheck(
                            Kind.SWAPPED,
                            Severity.ERROR,
                            List.of(a, b),
                            MaskChecks.words(words, a.datasetName(), b.datasetName()),
                            new Repair.Exchange(a, b)));
                }
            }
        }
    }

    private boolean areSwapped(Region a, Region b) {
        VoxelSet ma = set(a);
        VoxelSet mb = set(b);
        if (a == Region.LUNG && b == Region.PLEURA) {
            // the pleura of the data set encloses the lung
            return mb.count() < 0.97 * ma.count()
                    && mb.minus(ma).count() < 0.02 * mb.count()
                    && MaskScene.dice(ma, mb) > 0.8;
        }
        double aa = MaskScene.dice(ma, own(a).set());
        double bb = MaskScene.dice(mb, own(b).set());
        double crossed = MaskScene.dice(ma, own(b).set()) + MaskScene.dice(mb, own(a).set());
        boolean doubted = aa < Usual.of(a).witness().agreement()
                || bb < Usual.of(b).witness().agreement();
        return doubted && crossed > aa + bb + BETTER_CROSSED;
    }

    private void eachRegion() {
        int doubted = 0;
        List<Region> unsupported = new ArrayList<>();
        List<MaskCheck> each = new ArrayList<>();
        for (var entry : given.entrySet()) {
            Region region = entry.getKey();
            if (!explained.contains(region)) {
                Optional<MaskCheck> found = check(region, entry.getValue());
                found.ifPresent(each::add);
                boolean poor = MaskScene.dice(set(region), own(region).set())
                        < Usual.of(region).witness().agreement();
                doubted += poor ? 1 : 0;
                if (poor && found.filter(c -> c.kind() == Kind.UNSUPPORTED).isPresent()) {
                    unsupported.add(region);
                }
            }
        }
        if (doubted * 2 > given.size() && !unsupported.isEmpty()) {
            checks.add(new MaskCheck(
                    Kind.OTHER_PATIENT,
                    Severity.ERROR,
                    unsupported,
                    "most masks do not fit this CT: they may be of another patient or another scan",
                    new Repair.None()));
        }
        checks.addAll(each);
    }

    private Optional<MaskCheck> check(Region region, RegionMask mask) {
        return Objects.requireNonNull(known.computeIfAbsent(mask, m -> new EnumMap<>(Region.class))
                .computeIfAbsent(region, r -> RegionAgreement.check(scene, r, mask, own(r))));
    }
}
