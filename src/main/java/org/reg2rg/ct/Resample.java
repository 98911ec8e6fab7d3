package org.reg2rg.ct;

import java.util.stream.IntStream;

/**
 * Brings a volume and its masks to axes that point to L, P and S (the nearest ones: axes are permuted and flipped, never
 * rotated) with a given spacing, in one step. Values are interpolated linearly in float32 with align_corners = false, to
 * size int(n · spacing / target + 1e-3); masks take the nearest source voxel. The result depends on what is where in the
 * patient only, not on how the source array is stored.
 */
public final class Resample {
    /** Keeps a size that is whole but for rounding. */
    private static final double ROUNDING = 1e-3;

    private static final int WORD = 64;

    private final Grid source;
    private final AxisPlan[] plans = new AxisPlan[3];

    private Resample(Grid source, double[] spacingMm) {
        this.source = source;
        Orientation orientation = Orientation.of(source.toWorld());
        for (int world = 0; world < 3; world++) {
            int axis = orientation.arrayAxis(world);
            boolean towardsRas = orientation.increases(world);
            boolean flipped = world == 2 ? !towardsRas : towardsRas; // L and P are against R and A, S is with S
            int n = source.size().along(axis);
            double length = n * source.toWorld().spacing(axis) / spacingMm[world] + ROUNDING;
            plans[world] = new AxisPlan(axis, flipped, n, (int) Math.clamp(length, 1, Integer.MAX_VALUE));
        }
    }

    /**
     * Plans the way from a grid to axes L, P, S.
     *
     * @param spacingMm wanted spacing along L, P and S
     * @throws IllegalArgumentException if the result would not fit one array
     */
    public static Resample toLps(Grid source, double... spacingMm) {
        return new Resample(source, spacingMm);
    }

    /** Where the result lies in the patient. */
    public Grid grid() {
        double[] m = new double[12];
        double[] origin = new double[3];
        for (int world = 0; world < 3; world++) {
            AxisPlan plan = plans[world];
            double sign = plan.flipped() ? -1 : 1;
            origin[plan.sourceAxis()] = plan.flipped() ? plan.sourceLength() - 1 - plan.first() : plan.first();
            for (int row = 0; row < 3; row++) {
                m[4 * row + world] = source.toWorld().at(row, plan.sourceAxis()) * plan.step() * sign;
            }
        }
        double[] zero = source.toWorld().apply(origin[0], origin[1], origin[2]);
        for (int row = 0; row < 3; row++) {
            m[4 * row + 3] = zero[row];
        }
        return new Grid(size(), new Affine(m));
    }

    /** Interpolates the CT. */
    public CtVolume linear(CtVolume ct) {
        GridSize size = size();
        int[] stride = strides();
        AxisPlan.Linear x = plans[0].linear();
        AxisPlan.Linear y = plans[1].linear();
        AxisPlan.Linear z = plans[2].linear();
        float[] result = new float[size.voxels()];
        IntStream.range(0, size.z()).parallel().forEach(k -> {
            float[] row = new float[plans[0].sourceLength()];
            for (int j = 0; j < size.y(); j++) {
                int[] rows = {
                    y.low()[j] * stride[1] + z.low()[k] * stride[2], y.high()[j] * stride[1] + z.low()[k] * stride[2],
                    y.low()[j] * stride[1] + z.high()[k] * stride[2], y.high()[j] * stride[1] + z.high()[k] * stride[2]
                };
                blend(ct.hu(), rows, stride[0], new float[] {y.weight()[j], z.weight()[k]}, row);
                along(x, row, result, size.index(0, j, k));
            }
        });
        return new CtVolume(grid(), result);
    }

    /** One row of the source, interpolated between four. */
    private static void blend(float[] hu, int[] rows, int stride, float[] weights, float[] row) {
        float wy = weights[0];
        float wz = weights[1];
        for (int i = 0; i < row.length; i++) {
            int at = i * stride;
            float low = hu[rows[0] + at] * (1 - wy) + hu[rows[1] + at] * wy;
            float high = hu[rows[2] + at] * (1 - wy) + hu[rows[3] + at] * wy;
            row[i] = low * (1 - wz) + high * wz;
        }
    }

    private static void along(AxisPlan.Linear x, float[] row, float[] result, int to) {
        for (int i = 0; i < x.low().length; i++) {
            float w = x.weight()[i];
            result[to + i] = row[x.low()[i]] * (1 - w) + row[x.high()[i]] * w;
        }
    }

    /** Takes the nearest voxel of a mask. */
    public RegionMask nearest(RegionMask mask) {
        return switch (mask) {
            case RegionMask.Binary binary -> new RegionMask.Binary(grid(), nearest(binary.bits()));
            case RegionMask.Fractional fractional -> new RegionMask.Fractional(grid(), nearest(fractional.values()));
        };
    }

    private float[] nearest(float[] values) {
        GridSize size = size();
        int[][] offsets = offsets();
        float[] result = new float[size.voxels()];
        IntStream.range(0, size.z()).parallel().forEach(k -> {
            for (int j = 0; j < size.y(); j++) {
                int from = offsets[1][j] + offsets[2][k];
                int to = size.index(0, j, k);
                for (int i = 0; i < size.x(); i++) {
                    result[to + i] = values[from + offsets[0][i]];
                }
            }
        });
        return result;
    }

    private Bits nearest(Bits bits) {
        GridSize size = size();
        int[][] offsets = offsets();
        var result = new Bits(size.voxels());
        // Tasks must not share a word of bits: so many slices together begin at a multiple of 64.
        int slices = WORD >> Math.min(6, Integer.numberOfTrailingZeros(size.x() * size.y()));
        IntStream.range(0, (size.z() + slices - 1) / slices).parallel().forEach(task -> {
            for (int k = task * slices; k < Math.min(size.z(), (task + 1) * slices); k++) {
                for (int j = 0; j < size.y(); j++) {
                    int from = offsets[1][j] + offsets[2][k];
                    int to = size.index(0, j, k);
                    for (int i = 0; i < size.x(); i++) {
                        if (bits.get(from + offsets[0][i])) {
                            result.set(to + i);
                        }
                    }
                }
            }
        });
        return result;
    }

    private GridSize size() {
        return new GridSize(plans[0].length(), plans[1].length(), plans[2].length());
    }

    /** Distance in the source array between neighbours along L, P and S (before flipping). */
    private int[] strides() {
        int[] ofAxis = {1, source.size().x(), source.size().x() * source.size().y()};
        int[] stride = new int[3];
        for (int world = 0; world < 3; world++) {
            stride[world] = ofAxis[plans[world].sourceAxis()];
        }
        return stride;
    }

    /** For each output index along L, P and S, its share of the source index. */
    private int[][] offsets() {
        int[] stride = strides();
        int[][] offsets = new int[3][];
        for (int world = 0; world < 3; world++) {
            offsets[world] = plans[world].nearest();
            for (int i = 0; i < offsets[world].length; i++) {
                offsets[world][i] *= stride[world];
            }
        }
        return offsets;
    }
}
