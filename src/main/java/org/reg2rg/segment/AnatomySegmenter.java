package org.reg2rg.segment;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.Segmentation.Finding;
import org.reg2rg.segment.Segmentation.Found;
import org.reg2rg.segment.Segmentation.Missing;

/**
 * Cuts the ten regions out of a chest CT with nothing but the image and what an anatomy book says: no weights, no atlas
 * file, the same result every time. Works on any orientation of the array and on scans that show only a part of the
 * chest; what is out of view is missing with its reason.
 */
public final class AnatomySegmenter {
    /** Pleura is drawn as the data set has it: the lungs and the layer on the chest wall that the pleura lies on. */
    private static final double PLEURA_MM = 2.5;
    /** What borders on the mediastinum, whose own masks say where it ends. */
    private static final List<Region> BORDERING = List.of(Region.LUNG, Region.HEART, Region.BONE, Region.THYROID);

    private final CtVolume ct;
    private final Confidence confidence;
    private final Map<Region, RegionMask> masks = new EnumMap<>(Region.class);
    private final Map<Region, Finding> findings = new EnumMap<>(Region.class);

    private AnatomySegmenter(CtVolume ct, Chest chest) {
        this.ct = ct;
        confidence = new Confidence(chest.lungs().both(), chest.view());
    }

    /** The regions of this CT. */
    public static Segmentation segment(CtVolume ct) {
        long start = System.nanoTime();
        Optional<Anatomy> anatomy = Anatomy.find(ct);
        Map<Region, RegionMask> masks = new EnumMap<>(Region.class);
        Map<Region, Finding> findings = new EnumMap<>(Region.class);
        if (anatomy.isPresent()) {
            var segmenter = new AnatomySegmenter(ct, anatomy.get().chest());
            segmenter.cut(anatomy.get());
            masks.putAll(segmenter.masks);
            findings.putAll(segmenter.findings);
        } else {
            for (Region region : Region.values()) {
                findings.put(region, new Missing("no lungs were found in this scan"));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Segmentation(new RegionMasks(new LinkedHashMap<>(masks), Map.of()), findings, seconds);
    }

    private void cut(Anatomy anatomy) {
        Chest chest = anatomy.chest();
        VoxelSet lungs = chest.lungs().both();
        VoxelSet cavity = Cavity.chest(chest.ct(), chest.body(), chest.lungs(), chest.spine());
        VoxelSet withinWall = chest.diaphragm().found()
                ? Cavity.withinWall(chest, cavity)
                : chest.ct().none();
        VoxelSet fluid = withinWall.isEmpty() ? withinWall : Effusion.find(chest, withinWall);
        VoxelSet crural = Mediastinum.besideCrura(chest);
        VoxelSet withinRim = cavity.erode(Mediastinum.RIM_MM);
        VoxelSet between = Mediastinum.between(chest, withinRim, crural).minus(fluid);
        put(chest, Region.LUNG, lungs, Surface.AIR, "air-filled space within the ribs and what it encloses", 1);
        VoxelSet pleura = lungs.or(fluid).or(lungs.dilate(PLEURA_MM).minus(withinRim));
        put(
                chest,
                Region.PLEURA,
                pleura,
                Surface.SMOOTH,
                "the lungs and the layer of the chest wall on them" + (fluid.isEmpty() ? "" : ", and fluid"),
                1);
        put(chest, Region.BONE, chest.bone(), Surface.BRIGHT, "bright tissue outside the mediastinum", 1);
        airways(anatomy, chest);
        VoxelSet hernia = Hernia.find(chest, between);
        VoxelSet heart = heart(chest, between.minus(hernia), cavity.or(withinWall))
                .minus(hernia)
                .minus(fluid);
        VoxelSet esophagus = Esophagus.find(chest, heart).or(hernia);
        String gullet = "the path of muscle between trachea and spine"
                + (hernia.isEmpty() ? "" : ", and a sac with gas behind the heart");
        put(chest, Region.ESOPHAGUS, esophagus, Surface.FLESH, gullet, 1);
        heart = heart.minus(esophagus);
        if (!heart.isEmpty()) {
            put(chest, Region.HEART, heart, Surface.SMOOTH, "the thick part of the mediastinum on the diaphragm", 1);
        }
        thyroid(chest);
        mediastinum(chest, between.minus(heart).or(esophagus), heart);
        breast(chest, cavity);
        abdomen(chest, cavity, heart.or(crural).or(fluid));
    }

    private void airways(Anatomy anatomy, Chest chest) {
        if (anatomy.airways().isEmpty()) {
            missing(Region.TRACHEA_AND_BRONCHI, "no air-filled trachea was found in this scan");
            return;
        }
        Airways airways = anatomy.airways().get();
        RegionMask mask = Surface.carry(
                ct,
                airways.fine(),
                airways.tree().or(Bronchi.beyond(airways.fine(), airways.tree())),
                Surface.tube(Math.cbrt(1000 * ct.grid().voxelMillilitres())));
        String seen =
                airways.carinaSeen() ? "trachea and bronchi grown from air" : "trachea; its division was not seen";
        double sure = confidence.of(Region.TRACHEA_AND_BRONCHI, chest.airways(), airways.carinaSeen() ? 1 : 0.2);
        store(Region.TRACHEA_AND_BRONCHI, mask, seen, sure);
    }

    private VoxelSet heart(Chest chest, VoxelSet between, VoxelSet cavity) {
        boolean above = chest.carina() * chest.mm() < 60;
        if (above) {
            missing(Region.HEART, "the scan ends above the heart");
            return chest.ct().none();
        }
        VoxelSet heart = Heart.find(chest, between, cavity);
        if (heart.millilitres() < 60) {
            missing(Region.HEART, "the scan shows too little of the space between the lungs below the carina");
            return chest.ct().none();
        }
        return heart;
    }

    private void mediastinum(Chest chest, VoxelSet between, VoxelSet heart) {
        VoxelSet part = Mediastinum.inOnePiece(chest, between);
        if (part.millilitres() < 40) {
            missing(Region.MEDIASTINUM, "the scan shows too little of the space between the lungs");
            return;
        }
        RegionMask.Binary mask = Mediastinum.carry(ct, chest, part, heart);
        for (Region other : BORDERING) {
            if (masks.get(other) instanceof RegionMask.Binary beside) {
                mask.bits().andNot(beside.bits());
            }
        }
        double sure = confidence.of(Region.MEDIASTINUM, part, 1);
        store(Region.MEDIASTINUM, mask, "the space between the lungs without the heart", sure);
    }

    private void thyroid(Chest chest) {
        boolean neck = chest.trachea().found()
                && chest.trachea().points().getFirst()[2] > chest.view().apex() - 5 / chest.mm();
        Thyroid.Found found =
                neck ? Thyroid.find(chest) : new Thyroid.Found(chest.ct().none(), 0, false);
        if (found.mask().millilitres() < 1) {
            missing(Region.THYROID, "the scan ends below the neck, or the trachea was not found there");
        } else {
            String how = found.seen() ? "bright lobes by the trachea" : "placed beside the trachea by its usual shape";
            Surface.Rule rule = found.plain() ? Surface.GLAND : Surface.SMOOTH;
            put(chest, Region.THYROID, found.mask(), rule, how, found.seen() ? 1 : 0);
        }
    }

    private void breast(Chest chest, VoxelSet cavity) {
        VoxelSet breast = Breast.find(chest, cavity);
        if (breast.isEmpty()) {
            missing(Region.BREAST, "no layer of fat or gland before the muscles of the chest wall in view");
        } else {
            put(chest, Region.BREAST, breast, Surface.SMOOTH, "fat and gland before the front chest wall", 1);
        }
    }

    private void abdomen(Chest chest, VoxelSet cavity, VoxelSet elsewhere) {
        VoxelSet belly = chest.diaphragm().found()
                ? Cavity.belly(chest, cavity).minus(chest.lungs().both()).minus(elsewhere)
                : cavity.minus(cavity);
        if (belly.millilitres() < 50) {
            missing(Region.ABDOMEN, "the scan ends above the diaphragm");
        } else {
            put(chest, Region.ABDOMEN, belly, Surface.SMOOTH, "what lies within the wall below the diaphragm", 1);
        }
    }

    private void put(Chest chest, Region region, VoxelSet set, Surface.Rule rule, String how, double seen) {
        if (set.isEmpty()) {
            missing(region, "nothing was found where it should be");
        } else {
            store(region, Surface.carry(ct, chest.ct(), set, rule), how, confidence.of(region, set, seen));
        }
    }

    private void store(Region region, RegionMask mask, String how, double sure) {
        double ml = mask.count() * mask.grid().voxelMillilitres();
        masks.put(region, mask);
        findings.put(region, new Found(sure, ml, how));
    }

    private void missing(Region region, String reason) {
        findings.put(region, new Missing(reason));
    }
}
