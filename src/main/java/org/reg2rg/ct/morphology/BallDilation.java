package org.reg2rg.ct.morphology;

import java.util.stream.IntStream;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;

/**
 * Dilation with a ball by shifting whole rows of bits: 64 voxels at a time. A ball is a stack of rods along axis 0, one for
 * each offset on axes 1 and 2, so the work is one OR of rows a rod. Gives exactly the voxels within the radius, as the
 * distance map does, and is some fifty times faster while the ball is small.
 */
final class BallDilation {
    private final GridSize size;
    private final int wordsPerRow;
    /** widened[h] is the set with every row widened by h voxels to both sides; rows padded to whole words. */
    private final long[][] widened;

    private final int[][] rods;

    private BallDilation(VoxelSet set, int[][] rods) {
        this.size = set.size();
        this.wordsPerRow = (size.x() + 63) >>> 6;
        this.rods = rods;
        int most = 0;
        for (int[] rod : rods) {
            most = Math.max(most, rod[2]);
        }
        widened = new long[most + 1][];
        widened[0] = rows(set);
        for (int h = 1; h <= most; h++) {
            widened[h] = widen(widened[h - 1]);
        }
    }

    /** Rods {offset on axis 1, offset on axis 2, half length on axis 0} of a ball, all in voxels. */
    static int[][] rods(double radius, double[] mm) {
        double limit = radius * radius * (1 + 1e-6);
        int reachY = (int) Math.floor(Math.sqrt(limit) / mm[1]);
        int reachZ = (int) Math.floor(Math.sqrt(limit) / mm[2]);
        return IntStream.rangeClosed(-reachZ, reachZ)
                .boxed()
                .flatMap(dz -> IntStream.rangeClosed(-reachY, reachY)
                        .mapToObj(dy -> rod(dy, dz, limit, mm))
                        .filter(rod -> rod[2] >= 0))
                .toArray(int[][]::new);
    }

    private static int[] rod(int dy, int dz, double limit, double[] mm) {
        double rest = limit - dy * mm[1] * dy * mm[1] - dz * mm[2] * dz * mm[2];
        return new int[] {dy, dz, rest < 0 ? -1 : (int) Math.floor(Math.sqrt(rest) / mm[0])};
    }

    static VoxelSet dilate(VoxelSet set, int[][] rods) {
        return new BallDilation(set, rods).run(set.mm());
    }

    private VoxelSet run(double[] mm) {
        long[][] slices = new long[size.z()][];
        IntStream.range(0, size.z()).parallel().forEach(k -> slices[k] = slice(k));
        Bits bits = new Bits(size.voxels());
        for (int k = 0; k < size.z(); k++) {
            for (int j = 0; j < size.y(); j++) {
                int start = size.index(0, j, k);
                for (int w = 0; w < wordsPerRow; w++) {
                    int valid = Math.min(64, size.x() - 64 * w);
                    bits.or(start + 64 * w, slices[k][j * wordsPerRow + w], valid);
                }
            }
        }
        return new VoxelSet(size, mm, bits);
    }

    private long[] slice(int k) {
        long[] result = new long[size.y() * wordsPerRow];
        for (int[] rod : rods) {
            int z = k + rod[1];
            if (z < 0 || z >= size.z()) {
                continue;
            }
            long[] source = widened[rod[2]];
            int from = Math.max(0, -rod[0]);
            int to = Math.min(size.y(), size.y() - rod[0]);
            int offset = ((z * size.y()) + rod[0]) * wordsPerRow;
            for (int w = from * wordsPerRow; w < to * wordsPerRow; w++) {
                result[w] |= source[offset + w];
            }
        }
        return result;
    }

    private long[] rows(VoxelSet set) {
        long[] rows = new long[size.y() * size.z() * wordsPerRow];
        Bits bits = set.bits();
        for (int row = 0; row < size.y() * size.z(); row++) {
            for (int w = 0; w < wordsPerRow; w++) {
                int valid = Math.min(64, size.x() - 64 * w);
                rows[row * wordsPerRow + w] = bits.word(row * size.x() + 64 * w, valid);
            }
        }
        return rows;
    }

    /** Every row or-ed with itself shifted by one voxel up and down. */
    private long[] widen(long[] rows) {
        long[] result = new long[rows.length];
        long tail = (size.x() & 63) == 0 ? -1L : (1L << (size.x() & 63)) - 1;
        for (int n = 0; n < rows.length; n++) {
            int w = n % wordsPerRow;
            long word = rows[n];
            long up = word << 1 | (w > 0 ? rows[n - 1] >>> 63 : 0);
            long down = word >>> 1 | (w < wordsPerRow - 1 ? rows[n + 1] << 63 : 0);
            result[n] = (word | up | down) & (w == wordsPerRow - 1 ? tail : -1L);
        }
        return result;
    }
}
