package org.reg2rg.ct;

/**
 * How one axis of a resampled array reads its source: which array axis, in which direction, at which places.
 *
 * @param sourceAxis the array axis of the source
 * @param flipped whether the source is read from its end
 * @param sourceLength voxels along it
 * @param length voxels of the result
 */
record AxisPlan(int sourceAxis, boolean flipped, int sourceLength, int length) {
    /** Place in the source, before flipping, of the centre of output voxel 0 and the step from one to the next. */
    double step() {
        return (double) sourceLength / length;
    }

    double first() {
        return 0.5 * step() - 0.5;
    }

    /** Index along the source's axis of place {@code at} of the (unflipped) order. */
    int source(int at) {
        return flipped ? sourceLength - 1 - at : at;
    }

    /** Nearest source voxel of each output voxel: ⌊(i + 0.5) · n / N⌋. */
    int[] nearest() {
        int[] index = new int[length];
        for (int i = 0; i < length; i++) {
            int at = (int) ((2L * i + 1) * sourceLength / (2L * length));
            index[i] = source(Math.min(at, sourceLength - 1));
        }
        return index;
    }

    /** The two source voxels between which each output voxel lies, and the weight of the second. */
    Linear linear() {
        var linear = new Linear(new int[length], new int[length], new float[length]);
        float scale = (float) sourceLength / length;
        for (int i = 0; i < length; i++) {
            // In float, as torch computes it: align_corners = false, clamped at the first voxel
            float at = sourceLength == length ? i : Math.max(0, scale * (i + 0.5f) - 0.5f);
            int low = Math.min((int) at, sourceLength - 1);
            linear.low[i] = source(low);
            linear.high[i] = source(Math.min(low + 1, sourceLength - 1));
            linear.weight[i] = Math.clamp(at - low, 0, 1);
        }
        return linear;
    }

    /** Interpolation along one axis. */
    @SuppressWarnings("ArrayRecordComponent")
    record Linear(int[] low, int[] high, float[] weight) {}
}
