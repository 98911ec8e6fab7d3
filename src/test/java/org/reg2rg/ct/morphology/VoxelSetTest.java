package org.reg2rg.ct.morphology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Components.Neighbours;

/** Against slow and obvious versions of the same operations, on small random volumes. */
class VoxelSetTest {
    private static final GridSize SIZE = new GridSize(13, 9, 7);
    private static final double[] MM = {0.7, 1.1, 2.5};

    private static VoxelSet random(long seed, double share) {
        var random = new Random(seed);
        VoxelSet set = VoxelSet.empty(SIZE, MM);
        for (int n = 0; n < SIZE.voxels(); n++) {
            if (random.nextDouble() < share) {
                set.bits().set(n);
            }
        }
        return set;
    }

    private static int[] at(int index) {
        return new int[] {index % SIZE.x(), index / SIZE.x() % SIZE.y(), index / (SIZE.x() * SIZE.y())};
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.005, 0.05, 0.4})
    void distancesAreExact(double share) {
        VoxelSet set = random(1, share);
        float[] squared = set.squaredDistance();
        for (int n = 0; n < SIZE.voxels(); n++) {
            double best = DistanceMap.FAR;
            for (int m = set.bits().nextSet(0); m >= 0; m = set.bits().nextSet(m + 1)) {
                double d = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double step = (at(n)[axis] - at(m)[axis]) * MM[axis];
                    d += step * step;
                }
                best = Math.min(best, d);
            }
            assertThat((double) squared[n]).isCloseTo(best, within(1e-4 * Math.max(1, best)));
        }
    }

    @ParameterizedTest
    @EnumSource(Neighbours.class)
    void componentsAreThoseOfAFloodFill(Neighbours neighbours) {
        VoxelSet set = random(2, 0.25);
        Components parts = set.components(neighbours);
        int[] expected = flood(set, neighbours);
        int[] found = new int[SIZE.voxels()];
        parts.forEachRun((c, start, end) -> {
            for (int n = start; n < end; n++) {
                found[n] = c + 1;
            }
        });
        assertThat(found).isEqualTo(expected);
        assertThat(parts.voxels(parts.bySize()[0])).isEqualTo(set.count() == 0 ? 0 : largest(expected));
    }

    private static int largest(int[] labels) {
        int[] sizes = new int[labels.length + 1];
        int best = 0;
        for (int label : labels) {
            if (label > 0) {
                best = Math.max(best, ++sizes[label]);
            }
        }
        return best;
    }

    private static int[] flood(VoxelSet set, Neighbours neighbours) {
        int[] labels = new int[SIZE.voxels()];
        int next = 0;
        for (int seed = 0; seed < labels.length; seed++) {
            if (set.contains(seed) && labels[seed] == 0) {
                next++;
                var queue = new ArrayDeque<Integer>();
                labels[seed] = next;
                queue.add(seed);
                while (!queue.isEmpty()) {
                    int[] p = at(queue.remove());
                    for (int n = 0; n < 27; n++) {
                        int[] d = {n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1};
                        boolean near = Math.abs(d[0]) + Math.abs(d[1]) + Math.abs(d[2])
                                <= (neighbours == Neighbours.FACES ? 1 : 3);
                        if (near && set.get(p[0] + d[0], p[1] + d[1], p[2] + d[2])) {
                            int to = SIZE.index(p[0] + d[0], p[1] + d[1], p[2] + d[2]);
                            if (labels[to] == 0) {
                                labels[to] = next;
                                queue.add(to);
                            }
                        }
                    }
                }
            }
        }
        return labels;
    }

    @Test
    void dilationIsEveryVoxelWithinTheBall() {
        VoxelSet set = random(3, 0.02);
        float[] squared = set.squaredDistance();
        VoxelSet grown = set.dilate(1.8);
        for (int n = 0; n < SIZE.voxels(); n++) {
            assertThat(grown.contains(n)).isEqualTo(squared[n] <= 1.8 * 1.8);
        }
    }

    @Test
    void openingAndClosingKeepTheirOrder() {
        VoxelSet set = random(4, 0.6);
        assertThat(set.open(1.5).minus(set).isEmpty()).isTrue();
        assertThat(set.minus(set.close(1.5)).isEmpty()).isTrue();
        assertThat(set.erode(1.2).minus(set).isEmpty()).isTrue();
    }

    @Test
    void aHollowIsFilledAndATunnelOnlySliceWise() {
        VoxelSet shell = VoxelSet.where(SIZE, MM, n -> {
            int[] p = at(n);
            return p[0] >= 2 && p[0] <= 8 && p[1] >= 2 && p[1] <= 6 && p[2] >= 1 && p[2] <= 5 && !inside(p);
        });
        int hollow = 5 * 3 * 3;
        assertThat(shell.fillHoles().count()).isEqualTo(shell.count() + hollow);
        VoxelSet pierced = shell.filter(n -> !(at(n)[0] == 5 && at(n)[1] == 4));
        assertThat(pierced.fillHoles().count()).isEqualTo(pierced.count());
        assertThat(pierced.fillSlices().count()).isEqualTo(shell.count() + hollow);
    }

    private static boolean inside(int[] p) {
        return p[0] > 2 && p[0] < 8 && p[1] > 2 && p[1] < 6 && p[2] > 1 && p[2] < 5;
    }

    @Test
    void anEmptySetStaysEmptyInAllOperations() {
        VoxelSet empty = VoxelSet.empty(SIZE, MM);
        assertThat(empty.dilate(3).isEmpty()).isTrue();
        assertThat(empty.erode(3).isEmpty()).isTrue();
        assertThat(empty.close(3).isEmpty()).isTrue();
        assertThat(empty.fillHoles().isEmpty()).isTrue();
        assertThat(empty.largest().isEmpty()).isTrue();
        assertThat(Box.of(empty).isEmpty()).isTrue();
    }

    @Test
    void bitsCanBeSetInRangesAndFlipped() {
        var bits = new org.reg2rg.ct.Bits(200);
        bits.set(3, 5);
        bits.set(60, 190);
        assertThat(bits.count()).isEqualTo(132);
        bits.flip();
        assertThat(bits.count()).isEqualTo(68);
        assertThat(bits.get(199)).isTrue();
        assertThat(bits.get(189)).isFalse();
    }
}
