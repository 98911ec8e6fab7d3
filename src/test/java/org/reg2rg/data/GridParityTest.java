package org.reg2rg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.Tolerance;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Orientation;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.Resample;
import org.reg2rg.data.ModelGrid.Choice;
import org.reg2rg.data.ModelGrid.Placed;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightSource;
import tools.jackson.databind.JsonNode;

class GridParityTest {
    private static final RegionMasks NONE = new RegionMasks(new LinkedHashMap<>(), Map.of());

    /** The five stored forms of one CT in the golden file: array axis n is source axis perm[n], flipped or not. */
    private record Form(String name, int[] source, boolean[] flipped) {}

    private static final Form[] FORMS = {
        new Form("stored", new int[] {0, 1, 2}, new boolean[] {false, false, false}),
        new Form("ras_zyx", new int[] {2, 1, 0}, new boolean[] {false, false, false}),
        new Form("flip_x", new int[] {0, 1, 2}, new boolean[] {true, false, false}),
        new Form("flip_yz", new int[] {0, 1, 2}, new boolean[] {false, true, true}),
        new Form("zxy_flip_all", new int[] {2, 0, 1}, new boolean[] {true, true, true})
    };

    @Test
    void theGridOfARealCtEqualsThePublishedOne() throws IOException {
        Path parity = SharedFolder.require("parity/grid");
        Path file = SharedFolder.require("data/ct/LUNG1-001/derived/ct_quarter_inplane.nii.gz");
        CtVolume stored = CtLoader.load(file).volume();
        JsonNode expected = Json.read(parity.resolve("expected.json"));
        float[] first = {};
        try (WeightSource golden = WeightFiles.open(parity.resolve("expected.safetensors"))) {
            for (Form form : FORMS) {
                CtVolume ct = stored(stored, form);
                JsonNode numbers = expected.get(form.name());
                assertThat(Orientation.of(ct.grid().toWorld()).code())
                        .isEqualTo(numbers.get("axcodes_in").asString());
                assertThat(ct.grid().toWorld().m())
                        .containsExactly(matrix(numbers.get("affine_in")), Tolerance.MILLIMETRES.offset());
                CtVolume grid =
                        ModelGrid.RADGENOME.place("ct", ct, NONE, Choice.AUTO).ct();
                assertThat(grid.size()).isEqualTo(new GridSize(500, 500, 134));
                Tolerance.HOUNSFIELD.check(form.name(), every(grid, 7, 7, 3), golden.floats("grid"));
                CtVolume turned = Resample.toLps(ct.grid(), 3.90625, 3.90625, 3).linear(ct);
                assertThat(every(turned, 5, 5, 5)).containsExactly(golden.floats("lps"));
                first = first.length == 0 ? grid.hu() : first;
                assertThat(Arrays.mismatch(grid.hu(), first))
                        .as("%s gives the same array", form.name())
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void everyPermutationAndFlipGivesTheSameCtAndMasks() {
        var random = new Random(3);
        var size = new GridSize(9, 11, 7);
        float[] hu = new float[size.voxels()];
        var bits = new Bits(hu.length);
        float[] factors = new float[hu.length];
        for (int n = 0; n < hu.length; n++) {
            hu[n] = random.nextFloat() * 2000 - 1000;
            factors[n] = random.nextFloat();
            if (random.nextInt(3) == 0) {
                bits.set(n);
            }
        }
        var grid = new Grid(size, new Affine(new double[] {-2.3, 0, 0, 5, 0, -1.7, 0, -9, 0, 0, 4, 100}));
        var mask = new RegionMask.Binary(grid, bits);
        var weighted = new RegionMask.Fractional(grid, factors);
        Resample way = Resample.toLps(grid, 1, 1, 3);
        CtVolume expected = way.linear(new CtVolume(grid, hu));
        assertThat(expected.size()).isEqualTo(new GridSize(20, 18, 9));
        for (Form form : everyForm()) {
            CtVolume ct = stored(new CtVolume(grid, hu), form);
            CtVolume factor = stored(new CtVolume(grid, factors), form);
            Resample turned = Resample.toLps(ct.grid(), 1, 1, 3);
            assertThat(turned.linear(ct).hu()).containsExactly(expected.hu());
            assertThat(turned.grid().toWorld().m())
                    .containsExactly(way.grid().toWorld().m(), Tolerance.MILLIMETRES.offset());
            RegionMask.Binary stored = binary(stored(values(mask), form));
            assertThat(values(turned.nearest(stored)).hu())
                    .containsExactly(values(way.nearest(mask)).hu());
            var turnedFactors =
                    (RegionMask.Fractional) turned.nearest(new RegionMask.Fractional(factor.grid(), factor.hu()));
            assertThat(turnedFactors.values())
                    .containsExactly(((RegionMask.Fractional) way.nearest(weighted)).values());
        }
    }

    @Test
    void masksTakeTheVoxelUnderTheCentre() {
        var grid = new Grid(new GridSize(3, 1, 1), Affine.scaled(-2, -1, 3));
        float[] values = {0.25f, 0.5f, 0.75f};
        var mask =
                (RegionMask.Fractional) Resample.toLps(grid, 1, 1, 3).nearest(new RegionMask.Fractional(grid, values));
        // ⌊(i + 0.5) · 3 / 6⌋
        assertThat(mask.values()).containsExactly(0.25f, 0.25f, 0.5f, 0.5f, 0.75f, 0.75f);
        assertThat(mask.grid().toWorld().apply(0, 0, 0)[0]).isEqualTo(0.5);
    }

    @Test
    void theChoiceDecidesWhatIsResampled() {
        var identity = new CtVolume(new Grid(new GridSize(6, 6, 6), Affine.IDENTITY), new float[216]);
        Placed auto = ModelGrid.RADGENOME.place("ct", identity, NONE, Choice.AUTO);
        assertThat(auto.resampled()).isFalse();
        assertThat(auto.ct()).isSameAs(identity);
        Placed forced = ModelGrid.RADGENOME.place("ct", identity, NONE, Choice.RADGENOME);
        assertThat(forced.ct().size()).isEqualTo(new GridSize(6, 6, 2));
        var scanned = new CtVolume(new Grid(new GridSize(6, 6, 6), Affine.scaled(-2, -2, 2)), new float[216]);
        assertThat(ModelGrid.RADGENOME.place("ct", scanned, NONE, Choice.STORED).ct())
                .isSameAs(scanned);
        assertThat(new ModelGrid(4, 4, 4)
                        .place("ct", scanned, NONE, Choice.AUTO)
                        .ct()
                        .size())
                .isEqualTo(new GridSize(3, 3, 3));
    }

    @Test
    void anObliqueCtIsWarnedOfAndAnAbsurdOneRefused() {
        double c = Math.cos(0.2);
        double s = Math.sin(0.2);
        var tilted = new Affine(new double[] {-1, 0, 0, 0, 0, -c, 3 * s, 0, 0, s, 3 * c, 0});
        var ct = new CtVolume(new Grid(new GridSize(4, 4, 4), tilted), new float[64]);
        assertThat(ModelGrid.RADGENOME.place("ct", ct, NONE, Choice.AUTO).warnings())
                .singleElement()
                .asString()
                .contains("turned by 11 degrees");
        var metres = new CtVolume(new Grid(new GridSize(4, 4, 4), Affine.scaled(900, 900, 900)), new float[64]);
        assertThatThrownBy(() -> ModelGrid.RADGENOME.place("ct.nii", metres, NONE, Choice.AUTO))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ct.nii: 900 × 900 × 900 mm voxels make 46656 litres, which is no chest");
    }

    private static CtVolume values(RegionMask mask) {
        float[] values = new float[mask.grid().size().voxels()];
        for (int n = 0; n < values.length; n++) {
            values[n] = mask.value(n);
        }
        return new CtVolume(mask.grid(), values);
    }

    private static RegionMask.Binary binary(CtVolume values) {
        var bits = new Bits(values.hu().length);
        for (int n = 0; n < bits.size(); n++) {
            if (values.hu()[n] > 0) {
                bits.set(n);
            }
        }
        return new RegionMask.Binary(values.grid(), bits);
    }

    private static Form[] everyForm() {
        int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        var forms = new Form[48];
        for (int n = 0; n < forms.length; n++) {
            boolean[] flipped = {(n & 1) != 0, (n & 2) != 0, (n & 4) != 0};
            forms[n] = new Form("form " + n, permutations[n / 8], flipped);
        }
        return forms;
    }

    /** The same volume with its axes permuted and flipped, and its affine with them. */
    private static CtVolume stored(CtVolume ct, Form form) {
        int[] source = form.source();
        var size = new GridSize(
                ct.size().along(source[0]),
                ct.size().along(source[1]),
                ct.size().along(source[2]));
        double[] origin = new double[3];
        double[] m = new double[12];
        for (int axis = 0; axis < 3; axis++) {
            boolean flip = form.flipped()[axis];
            origin[source[axis]] = flip ? size.along(axis) - 1 : 0;
            for (int row = 0; row < 3; row++) {
                m[4 * row + axis] = ct.grid().toWorld().at(row, source[axis]) * (flip ? -1 : 1);
            }
        }
        double[] zero = ct.grid().toWorld().apply(origin[0], origin[1], origin[2]);
        for (int row = 0; row < 3; row++) {
            m[4 * row + 3] = zero[row];
        }
        float[] hu = new float[size.voxels()];
        int[] at = new int[3];
        for (int n = 0; n < hu.length; n++) {
            int[] index = {n % size.x(), n / size.x() % size.y(), n / size.x() / size.y()};
            for (int axis = 0; axis < 3; axis++) {
                at[source[axis]] = form.flipped()[axis] ? size.along(axis) - 1 - index[axis] : index[axis];
            }
            hu[n] = ct.at(at[0], at[1], at[2]);
        }
        return new CtVolume(new Grid(size, new Affine(m)), hu);
    }

    /** Every n-th voxel, row-major. */
    private static float[] every(CtVolume ct, int dx, int dy, int dz) {
        GridSize size = ct.size();
        float[] values = new float[(size.x() + dx - 1) / dx * ((size.y() + dy - 1) / dy) * ((size.z() + dz - 1) / dz)];
        int n = 0;
        for (int i = 0; i < size.x(); i += dx) {
            for (int j = 0; j < size.y(); j += dy) {
                for (int k = 0; k < size.z(); k += dz) {
                    values[n++] = ct.at(i, j, k);
                }
            }
        }
        return values;
    }

    private static double[] matrix(JsonNode rows) {
        double[] m = new double[12];
        for (int n = 0; n < 12; n++) {
            m[n] = rows.get(n / 4).get(n % 4).asDouble();
        }
        return m;
    }
}
