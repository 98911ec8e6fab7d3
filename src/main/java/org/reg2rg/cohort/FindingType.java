package org.reg2rg.cohort;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;
import org.reg2rg.ct.Region;

/**
 * What can be wrong in a synthetic chest: the 18 abnormalities of CT-RATE in the order of its label files, then others
 * that keep every region from always being normal.
 */
public enum FindingType {
    MEDICAL_MATERIAL("Medical material", Region.MEDIASTINUM),
    ARTERIAL_WALL_CALCIFICATION("Arterial wall calcification", Region.MEDIASTINUM),
    CARDIOMEGALY("Cardiomegaly", Region.HEART),
    PERICARDIAL_EFFUSION("Pericardial effusion", Region.HEART),
    CORONARY_ARTERY_WALL_CALCIFICATION("Coronary artery wall calcification", Region.HEART),
    HIATAL_HERNIA("Hiatal hernia", Region.ESOPHAGUS),
    LYMPHADENOPATHY("Lymphadenopathy", Region.MEDIASTINUM),
    EMPHYSEMA("Emphysema", Region.LUNG),
    ATELECTASIS("Atelectasis", Region.LUNG),
    LUNG_NODULE("Lung nodule", Region.LUNG),
    LUNG_OPACITY("Lung opacity", Region.LUNG),
    PULMONARY_FIBROTIC_SEQUELA("Pulmonary fibrotic sequela", Region.LUNG),
    PLEURAL_EFFUSION("Pleural effusion", Region.PLEURA),
    MOSAIC_ATTENUATION_PATTERN("Mosaic attenuation pattern", Region.LUNG),
    PERIBRONCHIAL_THICKENING("Peribronchial thickening", Region.LUNG),
    CONSOLIDATION("Consolidation", Region.LUNG),
    BRONCHIECTASIS("Bronchiectasis", Region.LUNG),
    INTERLOBULAR_SEPTAL_THICKENING("Interlobular septal thickening", Region.LUNG),
    FRACTURE("Fracture", Region.BONE),
    BONE_DEGENERATION("Degenerative bone", Region.BONE),
    LIVER_LESION("Liver lesion", Region.ABDOMEN),
    KIDNEY_LESION("Kidney lesion", Region.ABDOMEN),
    THYROID_NODULE("Thyroid nodule", Region.THYROID),
    BREAST_PROSTHESIS("Breast prosthesis", Region.BREAST),
    BRONCHIAL_OBSTRUCTION("Bronchial obstruction", Region.TRACHEA_AND_BRONCHI),
    ESOPHAGEAL_WALL_THICKENING("Esophageal wall thickening", Region.ESOPHAGUS);

    /** How many of the types are CT-RATE labels; these come first. */
    public static final int LABELS = 18;

    private final String title;
    private final Region region;

    FindingType(String title, Region region) {
        this.title = title;
        this.region = region;
    }

    /** The name, as in the header of CT-RATE's label files for its 18. */
    public String title() {
        return title;
    }

    /** The region whose sentences report it; medical material is reported where it lies. */
    public Region region() {
        return region;
    }

    /** The CT-RATE label that it counts for: itself, medical material for a prosthesis, else none. */
    public Optional<FindingType> label() {
        if (this == BREAST_PROSTHESIS) {
            return Optional.of(MEDICAL_MATERIAL);
        }
        return ordinal() < LABELS ? Optional.of(this) : Optional.empty();
    }

    /** How the type is spelled in configs and metrics: {@code lung_nodule}. */
    public String key() {
        return title.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    /**
     * The type of this key.
     *
     * @param subject where the key stands, for the error
     * @throws InputException with the nearest key, if there is no such type
     */
    public static FindingType parse(String subject, String key) {
        return Arrays.stream(values())
                .filter(type -> type.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        subject,
                        "unknown finding '" + key + "'",
                        Names.hint(
                                key,
                                Arrays.stream(values()).map(FindingType::key).toList())));
    }

    /** The 18 types that are CT-RATE labels, in the published order. */
    public static List<FindingType> labels() {
        return Arrays.asList(values()).subList(0, LABELS);
    }
}
