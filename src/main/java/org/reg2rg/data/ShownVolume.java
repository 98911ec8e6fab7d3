package org.reg2rg.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.HounsfieldWindow;

/** What a model is shown in the place of a study, to find out whether its text depends on what it sees. */
public enum ShownVolume {
    /** The study itself. */
    OWN,
    /** Own masks over voxels drawn evenly from the HU window. */
    NOISE,
    /** Own masks over nothing but air. */
    BLANK,
    /** Volume and masks of another patient. */
    OTHER;

    /** Just above what counts as outside of the body, so that boxes are found as ever. */
    private static final float AIR_HU = HounsfieldWindow.LOWEST_HU + 1;

    /** What becomes of the CT of this study. */
    public UnaryOperator<CtVolume> replacement(long seed, String study) {
        return switch (this) {
            case OWN, OTHER -> UnaryOperator.identity();
            case NOISE -> ct -> noise(ct, SlotPlan.random(seed, "noise", study));
            case BLANK ->
                ct -> {
                    float[] air = new float[ct.hu().length];
                    Arrays.fill(air, AIR_HU);
                    return new CtVolume(ct.grid(), air);
                };
        };
    }

    private static CtVolume noise(CtVolume ct, RandomGenerator random) {
        float[] hu = new float[ct.hu().length];
        for (int i = 0; i < hu.length; i++) {
            hu[i] = random.nextFloat(AIR_HU, HounsfieldWindow.HIGHEST_HU);
        }
        return new CtVolume(ct.grid(), hu);
    }

    /** Whose volume is shown instead of study {@code number}: the next of another patient; empty if all are of one patient. */
    public static Optional<StudyFiles> other(List<StudyFiles> studies, int number) {
        String own = patient(studies.get(number));
        for (int step = 1; step < studies.size(); step++) {
            StudyFiles next = studies.get((number + step) % studies.size());
            if (!patient(next).equals(own)) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private static String patient(StudyFiles study) {
        return study.patient().isEmpty() ? study.name() : study.patient();
    }
}
