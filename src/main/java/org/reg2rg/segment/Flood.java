package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * Air that hangs together with some seeds, reached at a rising level: a voxel belongs to the lowest level at which a way
 * leads to it. Touches no voxel that it does not reach.
 */
final class Flood {
    private static final int DARKEST_HU = -960;
    private static final int STEP_HU = 20;
    private static final int LEVELS = 14;

    private final WorkVolume ct;
    private final VoxelSet seen;
    private final int[][] waiting = new int[LEVELS][64];
    private final int[] waits = new int[LEVELS];
    private int[] reached = new int[1024];
    private int count;
    private int level = -1;

    Flood(WorkVolume ct, VoxelSet seeds) {
        this.ct = ct;
        this.seen = ct.none();
        for (int n = seeds.bits().nextSet(0); n >= 0; n = seeds.bits().nextSet(n + 1)) {
            seen.bits().set(n);
            push(0, n);
        }
    }

    /** Floods the next level; answers whether there was one. */
    boolean rise() {
        level++;
        if (level >= LEVELS) {
            return false;
        }
        GridSize size = ct.size();
        while (waits[level] > 0) {
            int n = waiting[level][--waits[level]];
            if (count == reached.length) {
                reached = Arrays.copyOf(reached, 2 * count);
            }
            reached[count++] = n;
            int i = n % size.x();
            int j = n / size.x() % size.y();
            int k = n / (size.x() * size.y());
            visit(i > 0, n - 1);
            visit(i < size.x() - 1, n + 1);
            visit(j > 0, n - size.x());
            visit(j < size.y() - 1, n + size.x());
            visit(k > 0, n - size.x() * size.y());
            visit(k < size.z() - 1, n + size.x() * size.y());
        }
        return true;
    }

    private void visit(boolean inside, int n) {
        if (inside && !seen.contains(n)) {
            int wanted = (int) Math.ceil((ct.hu()[n] - DARKEST_HU) / STEP_HU);
            if (wanted < LEVELS) {
                seen.bits().set(n);
                push(Math.max(level, Math.max(0, wanted)), n);
            }
        }
    }

    private void push(int to, int n) {
        if (waits[to] == waiting[to].length) {
            waiting[to] = Arrays.copyOf(waiting[to], 2 * waits[to]);
        }
        waiting[to][waits[to]++] = n;
    }

    /** Number of voxels reached so far. */
    int count() {
        return count;
    }

    /** The first voxels that were reached. */
    VoxelSet first(int n) {
        VoxelSet set = ct.none();
        for (int at = 0; at < n; at++) {
            set.bits().set(reached[at]);
        }
        return set;
    }
}
