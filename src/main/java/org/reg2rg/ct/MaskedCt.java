package org.reg2rg.ct;

/**
 * A CT seen through a region's mask, never copied: HU × factor inside, {@link HounsfieldWindow#OUTSIDE_HU} outside
 * (published: {@code v = ct * mask; v[mask == 0] = -1024}).
 */
public final class MaskedCt {
    private MaskedCt() {}

    /** Rows of the whole CT, as HU. */
    public static AreaResize.Rows rows(CtVolume ct) {
        float[] hu = ct.hu();
        return (at, count, sum, to) -> {
            for (int i = 0; i < count; i++) {
                sum[to + i] += hu[at + i];
            }
            return true;
        };
    }

    /**
     * Rows of a region's CT, as height above {@link HounsfieldWindow#OUTSIDE_HU}: what lies outside the mask is 0 and
     * costs nothing.
     */
    public static AreaResize.Rows rowsAboveOutside(CtVolume ct, RegionMask mask) {
        requireSameSize(ct, mask);
        float[] hu = ct.hu();
        return switch (mask) {
            case RegionMask.Binary binary ->
                overRuns(binary.bits(), (at, count, sum, to) -> {
                    for (int i = 0; i < count; i++) {
                        sum[to + i] += hu[at + i] - HounsfieldWindow.OUTSIDE_HU;
                    }
                });
            case RegionMask.Fractional fractional -> {
                float[] factor = fractional.values();
                yield (at, count, sum, to) -> {
                    boolean any = false;
                    for (int i = 0; i < count; i++) {
                        float f = factor[at + i];
                        if (f > 0) {
                            sum[to + i] += hu[at + i] * f - HounsfieldWindow.OUTSIDE_HU;
                            any = true;
                        }
                    }
                    return any;
                };
            }
        };
    }

    /** Rows of a mask's factors. */
    public static AreaResize.Rows rows(RegionMask mask) {
        return switch (mask) {
            case RegionMask.Binary binary ->
                overRuns(binary.bits(), (at, count, sum, to) -> {
                    for (int i = 0; i < count; i++) {
                        sum[to + i] += 1;
                    }
                });
            case RegionMask.Fractional fractional -> {
                float[] factor = fractional.values();
                yield (at, count, sum, to) -> {
                    for (int i = 0; i < count; i++) {
                        sum[to + i] += factor[at + i];
                    }
                    return true;
                };
            }
        };
    }

    private interface Run {
        void add(int at, int count, float[] sum, int to);
    }

    private static AreaResize.Rows overRuns(Bits bits, Run run) {
        return (at, count, sum, to) -> {
            int end = at + count;
            int from = bits.nextSet(at, end);
            boolean any = from < end;
            while (from < end) {
                int until = bits.nextClear(from, end);
                run.add(from, until - from, sum, to + from - at);
                from = bits.nextSet(until, end);
            }
            return any;
        };
    }

    private static void requireSameSize(CtVolume ct, RegionMask mask) {
        if (!ct.size().equals(mask.grid().size())) {
            throw new IllegalArgumentException("mask is " + mask.grid().size() + " but the CT is " + ct.size());
        }
    }
}
