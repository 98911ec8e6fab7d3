package org.reg2rg.cohort;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has what: a Gaussian copula. Six hidden causes are drawn for each study; every finding adds those that drive it
 * and chance of its own, and is there when the sum exceeds what its prevalence allows. Prevalences follow the labels of
 * 800 CT-RATE reports, rare ones raised a little so that each is seen often enough; the causes reproduce which findings
 * go together there.
 */
final class Illness {
    private Illness() {}

    /**
     * How common a finding is and how strongly each cause drives it.
     *
     * @param prevalence share of studies that have it
     * @param age,vessels,failure,smoke,infection,airways loadings; their squares sum to less than 1
     */
    private record Cause(
            double prevalence,
            double age,
            double vessels,
            double failure,
            double smoke,
            double infection,
            double airways) {
        double chance() {
            double explained = age * age
                    + vessels * vessels
                    + failure * failure
                    + smoke * smoke
                    + infection * infection
                    + airways * airways;
            return Math.sqrt(1 - explained);
        }
    }

    private static final Map<FindingType, Cause> CAUSES = causes();

    private static Map<FindingType, Cause> causes() {
        var m = new EnumMap<FindingType, Cause>(FindingType.class);
        m.put(FindingType.MEDICAL_MATERIAL, new Cause(.16, .25, .05, .45, 0, .2, 0));
        m.put(FindingType.ARTERIAL_WALL_CALCIFICATION, new Cause(.28, .75, .5, .1, .15, 0, 0));
        m.put(FindingType.CARDIOMEGALY, new Cause(.14, .4, .15, .6, 0, 0, 0));
        m.put(FindingType.PERICARDIAL_EFFUSION, new Cause(.11, .1, 0, .5, 0, .25, 0));
        m.put(FindingType.CORONARY_ARTERY_WALL_CALCIFICATION, new Cause(.26, .75, .5, .2, .1, 0, 0));
        m.put(FindingType.HIATAL_HERNIA, new Cause(.16, .45, .1, 0, 0, 0, 0));
        m.put(FindingType.LYMPHADENOPATHY, new Cause(.28, .3, 0, .25, 0, .35, .15));
        m.put(FindingType.EMPHYSEMA, new Cause(.22, .35, .1, -.1, .6, 0, .1));
        m.put(FindingType.ATELECTASIS, new Cause(.27, .35, 0, .45, 0, 0, 0));
        m.put(FindingType.LUNG_NODULE, new Cause(.43, .15, 0, -.1, .25, -.15, 0));
        m.put(FindingType.LUNG_OPACITY, new Cause(.31, .05, 0, .2, -.05, .7, 0));
        m.put(FindingType.PULMONARY_FIBROTIC_SEQUELA, new Cause(.24, .2, 0, -.05, .25, 0, .3));
        m.put(FindingType.PLEURAL_EFFUSION, new Cause(.16, .1, 0, .65, -.05, .35, 0));
        m.put(FindingType.MOSAIC_ATTENUATION_PATTERN, new Cause(.10, .3, .1, .4, -.1, 0, .1));
        m.put(FindingType.PERIBRONCHIAL_THICKENING, new Cause(.11, .25, 0, .1, .2, .1, .6));
        m.put(FindingType.CONSOLIDATION, new Cause(.17, 0, 0, .25, -.05, .6, 0));
        m.put(FindingType.BRONCHIECTASIS, new Cause(.12, .15, 0, -.1, 0, 0, .7));
        m.put(FindingType.INTERLOBULAR_SEPTAL_THICKENING, new Cause(.11, .1, 0, .5, 0, .35, 0));
        m.put(FindingType.FRACTURE, new Cause(.09, .35, 0, 0, 0, 0, 0));
        m.put(FindingType.BONE_DEGENERATION, new Cause(.33, .75, 0, 0, 0, 0, 0));
        m.put(FindingType.LIVER_LESION, new Cause(.18, .3, 0, 0, 0, 0, 0));
        m.put(FindingType.KIDNEY_LESION, new Cause(.22, .4, 0, 0, 0, 0, 0));
        m.put(FindingType.THYROID_NODULE, new Cause(.22, .3, 0, 0, 0, 0, 0));
        m.put(FindingType.BREAST_PROSTHESIS, new Cause(.08, 0, 0, 0, 0, 0, 0));
        m.put(FindingType.BRONCHIAL_OBSTRUCTION, new Cause(.08, 0, 0, 0, .3, .3, .2));
        m.put(FindingType.ESOPHAGEAL_WALL_THICKENING, new Cause(.09, .2, 0, 0, .2, 0, 0));
        return m;
    }

    /** Share of studies that are drawn with a finding. */
    static double prevalence(FindingType type) {
        return java.util.Objects.requireNonNull(CAUSES.get(type)).prevalence();
    }

    /**
     * @param age the hidden cause "age" as a normal number; the same for all visits of a person
     */
    static Set<FindingType> draw(Draw draw, double age) {
        double vessels = draw.normal();
        double failure = draw.normal();
        double smoke = draw.normal();
        double infection = draw.normal();
        double airways = draw.normal();
        var present = EnumSet.noneOf(FindingType.class);
        for (FindingType type : List.of(FindingType.values())) {
            Cause c = java.util.Objects.requireNonNull(CAUSES.get(type));
            double sum = c.age * age
                    + c.vessels * vessels
                    + c.failure * failure
                    + c.smoke * smoke
                    + c.infection * infection
                    + c.airways * airways
                    + c.chance() * draw.normal();
            if (Normal.share(sum) > 1 - c.prevalence) {
                present.add(type);
            }
        }
        return present;
    }
}
