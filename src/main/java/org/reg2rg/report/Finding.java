package org.reg2rg.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The 18 abnormalities of CT-RATE, in the order of its label files and of the published classifier's outputs: output n
 * of that network is {@code values()[n]}. Names are spelt as the columns of those files.
 */
public enum Finding {
    MEDICAL_MATERIAL("Medical material"),
    ARTERIAL_WALL_CALCIFICATION("Arterial wall calcification"),
    CARDIOMEGALY("Cardiomegaly"),
    PERICARDIAL_EFFUSION("Pericardial effusion"),
    CORONARY_ARTERY_WALL_CALCIFICATION("Coronary artery wall calcification"),
    HIATAL_HERNIA("Hiatal hernia"),
    LYMPHADENOPATHY("Lymphadenopathy"),
    EMPHYSEMA("Emphysema"),
    ATELECTASIS("Atelectasis"),
    LUNG_NODULE("Lung nodule"),
    LUNG_OPACITY("Lung opacity"),
    PULMONARY_FIBROTIC_SEQUELA("Pulmonary fibrotic sequela"),
    PLEURAL_EFFUSION("Pleural effusion"),
    MOSAIC_ATTENUATION_PATTERN("Mosaic attenuation pattern"),
    PERIBRONCHIAL_THICKENING("Peribronchial thickening"),
    CONSOLIDATION("Consolidation"),
    BRONCHIECTASIS("Bronchiectasis"),
    INTERLOBULAR_SEPTAL_THICKENING("Interlobular septal thickening");

    private final String label;

    Finding(String label) {
        this.label = label;
    }

    /** The published name, as in the header of a label file. */
    public String label() {
        return label;
    }

    /** All published names, in the published order. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Finding::label).toList();
    }

    /** The finding of this exact published name, if there is one. */
    public static Optional<Finding> find(String label) {
        return Arrays.stream(values()).filter(f -> f.label.equals(label)).findFirst();
    }
}
