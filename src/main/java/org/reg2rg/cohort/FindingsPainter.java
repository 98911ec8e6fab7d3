package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Draws the findings of a study, deep ones first, so that none hides another that was drawn before it. */
final class FindingsPainter {
    private final Scene scene;
    private final Set<FindingType> present;
    private final List<TrueFinding> findings = new ArrayList<>();

    FindingsPainter(Scene scene, Set<FindingType> present) {
        this.scene = scene;
        this.present = present;
    }

    /**
     * @param collapsed number of the thoracic vertebra that was drawn broken; 0 for none
     * @return what was drawn, in the order of {@link FindingType}
     */
    List<TrueFinding> paint(int collapsed) {
        var mediastinum = new MediastinumFindings(scene);
        var heart = new HeartFindings(scene);
        var diffuse = new DiffuseLung(scene);
        var focal = new FocalLung(scene);
        var other = new OtherFindings(scene);
        when(FindingType.CARDIOMEGALY, heart::cardiomegaly);
        when(FindingType.PERICARDIAL_EFFUSION, heart::pericardialEffusion);
        when(FindingType.CORONARY_ARTERY_WALL_CALCIFICATION, heart::coronaryCalcification);
        when(FindingType.ESOPHAGEAL_WALL_THICKENING, mediastinum::oesophagealWall);
        when(FindingType.HIATAL_HERNIA, mediastinum::hiatalHernia);
        when(FindingType.LYMPHADENOPATHY, mediastinum::lymphNodes);
        when(FindingType.ARTERIAL_WALL_CALCIFICATION, mediastinum::aorticCalcification);
        when(FindingType.BRONCHIAL_OBSTRUCTION, mediastinum::bronchialObstruction);
        when(FindingType.PERIBRONCHIAL_THICKENING, diffuse::bronchialWalls);
        when(FindingType.BRONCHIECTASIS, diffuse::bronchiectasis);
        when(FindingType.MOSAIC_ATTENUATION_PATTERN, diffuse::mosaic);
        when(FindingType.EMPHYSEMA, diffuse::emphysema);
        when(FindingType.INTERLOBULAR_SEPTAL_THICKENING, diffuse::septa);
        when(FindingType.PLEURAL_EFFUSION, heart::pleuralEffusion);
        when(FindingType.LUNG_OPACITY, focal::opacity);
        when(FindingType.CONSOLIDATION, focal::consolidation);
        when(FindingType.PULMONARY_FIBROTIC_SEQUELA, focal::fibrosis);
        when(FindingType.ATELECTASIS, focal::atelectasis);
        when(FindingType.LUNG_NODULE, focal::nodule);
        when(FindingType.LIVER_LESION, other::liver);
        when(FindingType.KIDNEY_LESION, other.kidneysInside(), other::kidney);
        when(FindingType.THYROID_NODULE, thyroidInside(), mediastinum::thyroidNodule);
        when(FindingType.BREAST_PROSTHESIS, scene.thorax().body.female(), other::prosthesis);
        when(FindingType.BONE_DEGENERATION, other::degeneration);
        when(FindingType.FRACTURE, () -> other.fracture(collapsed));
        when(FindingType.MEDICAL_MATERIAL, new Devices(scene)::any);
        findings.sort(Comparator.comparing(TrueFinding::type));
        return findings;
    }

    private void when(FindingType type, Supplier<TrueFinding> painter) {
        when(type, true, painter);
    }

    /** What the scan does not reach is not drawn, and so is not true of the study. */
    private void when(FindingType type, boolean possible, Supplier<TrueFinding> painter) {
        if (possible && present.contains(type)) {
            TrueFinding finding = painter.get();
            if (finding.voxels().nextSet(0) >= 0) {
                findings.add(finding);
            }
        }
    }

    private boolean thyroidInside() {
        return scene.canvas().holds(scene.vessels().thyroidLobe(1), 6)
                && scene.canvas().holds(scene.vessels().thyroidLobe(-1), 6);
    }
}
