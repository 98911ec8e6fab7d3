package org.reg2rg.ct;

/**
 * The voxels of one region on a grid. A mask is a factor in [0, 1], as published: a half-covered voxel halves its HU
 * value and reaches the geometry encoder as 0.5. Binary masks, the usual kind, take one bit a voxel.
 */
public sealed interface RegionMask {
    Grid grid();

    /** The factor of voxel {@code index} (NIfTI order), in [0, 1]. */
    float value(int index);

    /** Number of voxels with a value above 0. */
    int count();

    default boolean contains(int index) {
        return value(index) > 0;
    }

    default boolean isEmpty() {
        return count() == 0;
    }

    /** The union of two masks on one grid: the larger factor of each voxel. Neither mask is changed. */
    static RegionMask or(RegionMask a, RegionMask b) {
        if (a instanceof Binary one && b instanceof Binary two) {
            Bits union = one.bits().copy();
            union.or(two.bits());
            return new Binary(a.grid(), union);
        }
        float[] larger = new float[a.grid().size().voxels()];
        for (int index = 0; index < larger.length; index++) {
            larger[index] = Math.max(a.value(index), b.value(index));
        }
        return new Fractional(a.grid(), larger);
    }

    /** Values 0 and 1 only. */
    record Binary(Grid grid, Bits bits) implements RegionMask {
        @Override
        public float value(int index) {
            return bits.get(index) ? 1 : 0;
        }

        @Override
        public boolean contains(int index) {
            return bits.get(index);
        }

        @Override
        public int count() {
            return bits.count();
        }
    }

    /** Any values in [0, 1]. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fractional(Grid grid, float[] values) implements RegionMask {
        @Override
        public float value(int index) {
            return values[index];
        }

        @Override
        public int count() {
            int n = 0;
            for (float v : values) {
                if (v > 0) {
                    n++;
                }
            }
            return n;
        }
    }
}
