package org.reg2rg.ct;

import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tight boxes around the voxels above {@link HounsfieldWindow#FOREGROUND_ABOVE_HU}, found slice by slice in parallel
 * (published: monai CropForeground with select_fn {@code x > -1000}, margin 0).
 */
public final class Foreground {
    /** Finds the outermost foreground voxels of a row. */
    private interface Row {
        /** The first foreground index in [from, end), or {@code end}. */
        int first(int from, int end);

        /** The last foreground index in [from, end), or something below {@code from}. */
        int last(int from, int end);
    }

    private Foreground() {}

    /** The box of the whole CT; empty if nothing is above the threshold. */
    public static Optional<VoxelBox> of(CtVolume ct) {
        return box(ct.size(), new Everywhere(ct.hu()));
    }

    /** The box of one region's voxels, after multiplication with the mask's factor; empty if there are none. */
    public static Optional<VoxelBox> of(CtVolume ct, RegionMask mask) {
        return box(
                ct.size(),
                switch (mask) {
                    case RegionMask.Binary binary -> new Inside(ct.hu(), binary.bits());
                    case RegionMask.Fractional fractional -> new Weighted(ct.hu(), fractional.values());
                });
    }

    private static Optional<VoxelBox> box(GridSize size, Row row) {
        return IntStream.range(0, size.z())
                .parallel()
                .mapToObj(z -> Optional.ofNullable(slice(size, z, row)))
                .flatMap(Optional::stream)
                .reduce(VoxelBox::union);
    }

    private static @Nullable VoxelBox slice(GridSize size, int z, Row row) {
        int left = size.x();
        int right = -1;
        int front = -1;
        int back = -1;
        for (int y = 0; y < size.y(); y++) {
            int start = size.index(0, y, z);
            int end = start + size.x();
            int first = row.first(start, end);
            if (first < end) {
                left = Math.min(left, first - start);
                right = Math.max(right, row.last(first, end) - start);
                front = front < 0 ? y : front;
                back = y;
            }
        }
        return right < 0 ? null : new VoxelBox(left, front, z, right + 1, back + 1, z + 1);
    }

    private record Everywhere(float[] hu) implements Row {
        @Override
        public int first(int from, int end) {
            int i = from;
            while (i < end && hu[i] <= HounsfieldWindow.FOREGROUND_ABOVE_HU) {
                i++;
            }
            return i;
        }

        @Override
        public int last(int from, int end) {
            int i = end - 1;
            while (i >= from && hu[i] <= HounsfieldWindow.FOREGROUND_ABOVE_HU) {
                i--;
            }
            return i;
        }
    }

    private record Inside(float[] hu, Bits bits) implements Row {
        @Override
        public int first(int from, int end) {
            int i = bits.nextSet(from, end);
            while (i < end && hu[i] <= HounsfieldWindow.FOREGROUND_ABOVE_HU) {
                i = bits.nextSet(i + 1, end);
            }
            return i;
        }

        @Override
        public int last(int from, int end) {
            int i = end - 1;
            while (i >= from && !(bits.get(i) && hu[i] > HounsfieldWindow.FOREGROUND_ABOVE_HU)) {
                i--;
            }
            return i;
        }
    }

    private record Weighted(float[] hu, float[] factor) implements Row {
        private boolean counts(int i) {
            return factor[i] > 0 && hu[i] * factor[i] > HounsfieldWindow.FOREGROUND_ABOVE_HU;
        }

        @Override
        public int first(int from, int end) {
            int i = from;
            while (i < end && !counts(i)) {
                i++;
            }
            return i;
        }

        @Override
        public int last(int from, int end) {
            int i = end - 1;
            while (i >= from && !counts(i)) {
                i--;
            }
            return i;
        }
    }
}
