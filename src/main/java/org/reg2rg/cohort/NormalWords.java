package org.reg2rg.cohort;

import java.util.List;
import org.reg2rg.ct.Region;

/**
 * Ways to say that nothing is wrong. Each region has openings, of which one is taken, and further remarks, of which some
 * are. A remark names the findings that would contradict it, and is left out when one of them is there.
 */
final class NormalWords {
    private NormalWords() {}

    /** A sentence about something normal and the findings with which it cannot stand. */
    record Remark(String text, List<FindingType> unless) {
        static Remark of(String text, FindingType... unless) {
            return new Remark(text, List.of(unless));
        }
    }

    /** One of these groups' sentences is taken for each group, if the group is mentioned at all. */
    static List<List<Remark>> groups(Region region) {
        return switch (region) {
            case ABDOMEN -> ABDOMEN;
            case BONE -> BONE;
            case BREAST -> BREAST;
            case ESOPHAGUS -> ESOPHAGUS;
            case HEART -> HEART;
            case LUNG -> LUNG;
            case MEDIASTINUM -> MEDIASTINUM;
            case PLEURA -> PLEURA;
            case THYROID -> THYROID;
            case TRACHEA_AND_BRONCHI -> TRACHEA;
        };
    }

    private static final List<List<Remark>> ABDOMEN = List.of(
            List.of(
                    Remark.of(
                            "The upper abdominal organs in the scanned range are normal.",
                            FindingType.LIVER_LESION,
                            FindingType.KIDNEY_LESION),
                    Remark.of(
                            "No pathology is seen in the upper abdomen.",
                            FindingType.LIVER_LESION,
                            FindingType.KIDNEY_LESION),
                    Remark.of(
                            "The visible part of the upper abdomen is unremarkable.",
                            FindingType.LIVER_LESION,
                            FindingType.KIDNEY_LESION)),
            List.of(
                    Remark.of("No mass is seen in the liver.", FindingType.LIVER_LESION),
                    Remark.of("The liver has a normal size and density.", FindingType.LIVER_LESION),
                    Remark.of("Liver contours and density are normal.", FindingType.LIVER_LESION)),
            List.of(
                    Remark.of("Both adrenal glands are normal."),
                    Remark.of("No mass was detected in the adrenal glands."),
                    Remark.of("The spleen is of normal size.")),
            List.of(
                    Remark.of("There is no free fluid in the upper abdomen."),
                    Remark.of("No free fluid or collection was observed in the upper abdomen.")));

    private static final List<List<Remark>> BONE = List.of(
            List.of(
                    Remark.of(
                            "The bone structures are normal.",
                            FindingType.FRACTURE,
                            FindingType.BONE_DEGENERATION,
                            FindingType.MEDICAL_MATERIAL),
                    Remark.of(
                            "Bone structures in the scanned range are unremarkable.",
                            FindingType.FRACTURE,
                            FindingType.BONE_DEGENERATION,
                            FindingType.MEDICAL_MATERIAL),
                    Remark.of("No fracture was detected in the bone structures.", FindingType.FRACTURE)),
            List.of(
                    Remark.of("Vertebral body heights are preserved.", FindingType.FRACTURE),
                    Remark.of("The heights of the thoracic vertebrae are normal.", FindingType.FRACTURE)),
            List.of(
                    Remark.of("No lytic or destructive lesion was observed."),
                    Remark.of("There is no lytic or destructive bone lesion.")));

    private static final List<List<Remark>> BREAST = List.of(List.of(
            Remark.of("No mass is seen in either breast.", FindingType.BREAST_PROSTHESIS),
            Remark.of("Both breasts have a natural appearance.", FindingType.BREAST_PROSTHESIS),
            Remark.of("The breast tissue is symmetrical.", FindingType.BREAST_PROSTHESIS)));

    private static final List<List<Remark>> ESOPHAGUS = List.of(List.of(
            Remark.of(
                    "The esophagus has a normal calibration.",
                    FindingType.ESOPHAGEAL_WALL_THICKENING,
                    FindingType.HIATAL_HERNIA),
            Remark.of(
                    "No pathological wall thickening was detected in the esophagus.",
                    FindingType.ESOPHAGEAL_WALL_THICKENING),
            Remark.of(
                    "Esophageal calibration is normal and there is no wall thickening.",
                    FindingType.ESOPHAGEAL_WALL_THICKENING,
                    FindingType.HIATAL_HERNIA)));

    private static final List<List<Remark>> HEART = List.of(
            List.of(
                    Remark.of("Heart size and contours are normal.", FindingType.CARDIOMEGALY),
                    Remark.of("The heart is of normal size.", FindingType.CARDIOMEGALY),
                    Remark.of("The cardiothoracic ratio is normal.", FindingType.CARDIOMEGALY)),
            List.of(
                    Remark.of("No pericardial effusion was observed.", FindingType.PERICARDIAL_EFFUSION),
                    Remark.of("There is no pericardial effusion or thickening.", FindingType.PERICARDIAL_EFFUSION)),
            List.of(
                    Remark.of(
                            "No calcification was seen in the coronary arteries.",
                            FindingType.CORONARY_ARTERY_WALL_CALCIFICATION),
                    Remark.of(
                            "The coronary arteries are free of calcified plaque.",
                            FindingType.CORONARY_ARTERY_WALL_CALCIFICATION)));

    private static final List<List<Remark>> LUNG = List.of(
            List.of(
                    Remark.of("Aeration of both lungs is normal.", lungFindings()),
                    Remark.of("Both lungs are clear.", lungFindings()),
                    Remark.of("The parenchyma of both lungs has a normal appearance.", lungFindings())),
            List.of(
                    Remark.of("No nodule or mass was detected in the lungs.", FindingType.LUNG_NODULE),
                    Remark.of("There is no nodule in either lung.", FindingType.LUNG_NODULE)),
            List.of(
                    Remark.of(
                            "No infiltration or consolidation was seen.",
                            FindingType.CONSOLIDATION,
                            FindingType.LUNG_OPACITY),
                    Remark.of(
                            "No active infiltration was detected.",
                            FindingType.CONSOLIDATION,
                            FindingType.LUNG_OPACITY)));

    private static final List<List<Remark>> MEDIASTINUM = List.of(
            List.of(
                    Remark.of(
                            "The main vessels of the mediastinum are normal.", FindingType.ARTERIAL_WALL_CALCIFICATION),
                    Remark.of("The diameter of the thoracic aorta is normal."),
                    Remark.of("The great vessels have a normal width.")),
            List.of(
                    Remark.of("No enlarged lymph node was detected in the mediastinum.", FindingType.LYMPHADENOPATHY),
                    Remark.of("There is no mediastinal or hilar lymphadenopathy.", FindingType.LYMPHADENOPATHY),
                    Remark.of(
                            "No lymph node of pathological size was observed in the mediastinum or hila.",
                            FindingType.LYMPHADENOPATHY)));

    private static final List<List<Remark>> PLEURA = List.of(List.of(
            Remark.of("No pleural effusion was detected.", FindingType.PLEURAL_EFFUSION),
            Remark.of("There is no pleural effusion or thickening.", FindingType.PLEURAL_EFFUSION),
            Remark.of("Both pleural spaces are free of fluid.", FindingType.PLEURAL_EFFUSION)));

    private static final List<List<Remark>> THYROID = List.of(List.of(
            Remark.of("The thyroid gland has a normal size.", FindingType.THYROID_NODULE),
            Remark.of("No nodule was seen in the thyroid gland.", FindingType.THYROID_NODULE),
            Remark.of("The thyroid gland is normal.", FindingType.THYROID_NODULE)));

    private static final List<List<Remark>> TRACHEA = List.of(
            List.of(
                    Remark.of("The trachea and both main bronchi are open.", FindingType.BRONCHIAL_OBSTRUCTION),
                    Remark.of(
                            "Trachea and main bronchi have a normal calibration and a clear lumen.",
                            FindingType.BRONCHIAL_OBSTRUCTION),
                    Remark.of(
                            "The trachea is in the midline and both main bronchi are open.",
                            FindingType.BRONCHIAL_OBSTRUCTION)),
            List.of(
                    Remark.of("No occlusive pathology was detected in the lumen.", FindingType.BRONCHIAL_OBSTRUCTION),
                    Remark.of("There is no obstruction of the airways.", FindingType.BRONCHIAL_OBSTRUCTION)));

    private static FindingType[] lungFindings() {
        return FindingType.labels().stream()
                .filter(t -> t.region() == Region.LUNG)
                .toArray(FindingType[]::new);
    }
}
