package org.reg2rg.ct;

/**
 * The one place of the model's HU window (published: radgenome_dataset_test.py, the monai transforms): clamp to
 * −1000…200 HU, then (HU + 400) / 600, so that values lie in [−1, 1].
 */
public final class HounsfieldWindow {
    public static final float LOWEST_HU = -1000;
    public static final float HIGHEST_HU = 200;
    public static final float CENTRE_HU = -400;
    public static final float HALF_WIDTH_HU = 600;

    /** What lies outside a region's mask. */
    public static final float OUTSIDE_HU = -1024;

    /** Only voxels above this count for crop boxes. */
    public static final float FOREGROUND_ABOVE_HU = -1000;

    private HounsfieldWindow() {}

    /** HU → [−1, 1]. */
    public static float normalise(float hu) {
        return (Math.clamp(hu, LOWEST_HU, HIGHEST_HU) - CENTRE_HU) / HALF_WIDTH_HU;
    }

    /** HU → [−1, 1] in place, for hu[from] … hu[end − 1]. */
    public static void normalise(float[] hu, int from, int end) {
        for (int i = from; i < end; i++) {
            float clamped = Math.min(HIGHEST_HU, Math.max(LOWEST_HU, hu[i]));
            hu[i] = (clamped - CENTRE_HU) / HALF_WIDTH_HU;
        }
    }

    /** [−1, 1] → HU inside the window. */
    public static float hounsfield(float normalised) {
        return normalised * HALF_WIDTH_HU + CENTRE_HU;
    }
}
