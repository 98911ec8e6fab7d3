package org.reg2rg.cohort;

/**
 * The names of a study as CT-RATE spells them. Every fifth study is a second visit of the patient before it, so that
 * splits by patient differ from splits by study.
 *
 * @param patient {@code phantom_12}
 * @param accession {@code phantom_12_b}, the visit
 * @param volume {@code phantom_12_b_1}, the file name without ending
 */
public record StudyName(String patient, String accession, String volume) {
    private static final int CYCLE = 5;

    static StudyName of(int study) {
        String patient = "phantom_" + (patient(study) + 1);
        String accession = patient + (second(study) ? "_b" : "_a");
        return new StudyName(patient, accession, accession + "_1");
    }

    /** The number of the patient of a study, from 0. */
    static int patient(int study) {
        return study - study / CYCLE - (second(study) ? 1 : 0);
    }

    private static boolean second(int study) {
        return study % CYCLE == CYCLE - 1;
    }

    /** The name with which tables and CSV files call the volume: {@code phantom_12_b_1.nii.gz}. */
    public String accNum() {
        return volume + ".nii.gz";
    }
}
