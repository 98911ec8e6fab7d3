package org.reg2rg.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrientationTest {
    @Test
    void namesTheSideThatAGrowingIndexGoesTo() {
        assertThat(Orientation.of(Affine.IDENTITY).code()).isEqualTo("RAS");
        assertThat(Orientation.of(Affine.scaled(-1, -1, 3)).code()).isEqualTo("LPS");
        var permuted = new Affine(new double[] {0, 0, 2, 0, 0, -1, 0, 0, -3, 0, 0, 0});
        Orientation orientation = Orientation.of(permuted);
        assertThat(orientation.code()).isEqualTo("IPR");
        assertThat(orientation.arrayAxis(0)).isEqualTo(2);
        assertThat(orientation.increases(2)).isFalse();
        assertThat(orientation.obliquenessDegrees()).isZero();
    }

    @Test
    void measuresObliquenessAgainstTheNearestAxis() {
        double c = Math.cos(Math.toRadians(10));
        double s = Math.sin(Math.toRadians(10));
        var tilted = new Affine(new double[] {1, 0, 0, 0, 0, c, -s, 0, 0, s, c, 0});
        assertThat(Orientation.of(tilted).obliquenessDegrees())
                .isCloseTo(10, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void statisticsGiveBoxesPerArrayAxisAndTheCentroidInTheWorld() {
        var grid = new Grid(new GridSize(4, 5, 6), new Affine(new double[] {-2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 5, 30}));
        var values = new float[grid.size().voxels()];
        values[grid.size().index(1, 1, 2)] = 1;
        values[grid.size().index(2, 1, 2)] = 0.5f;
        MaskStatistics mask = MaskStatistics.of(new RegionMask.Fractional(grid, values));
        assertThat(mask.voxels()).isEqualTo(2);
        assertThat(mask.volumeMl()).isEqualTo(1.5 * 30 / 1000);
        assertThat(mask.boxVoxels()).isEqualTo(List.of(List.of(1, 1, 2), List.of(3, 2, 3)));
        assertThat(mask.boxMm()).isEqualTo(List.of(List.of(2.0, 3.0, 10.0), List.of(6.0, 6.0, 15.0)));
        assertThat(mask.centroidMm()).isEqualTo(List.of(7.333, 23.0, 40.0));
        assertThat(mask.touchesBorder()).isFalse();
    }

    @Test
    void anEmptyMaskHasNoBox() {
        var grid = new Grid(new GridSize(2, 2, 2), Affine.IDENTITY);
        MaskStatistics mask = MaskStatistics.of(new RegionMask.Binary(grid, new Bits(8)));
        assertThat(mask.voxels()).isZero();
        assertThat(mask.boxVoxels()).isEmpty();
    }
}
