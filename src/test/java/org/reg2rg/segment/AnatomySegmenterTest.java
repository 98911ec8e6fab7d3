package org.reg2rg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.segment.Segmentation.Missing;

class AnatomySegmenterTest {

    private static Bits bits(Segmentation segmentation, Region region) {
        return ((RegionMask.Binary) java.util.Objects.requireNonNull(
                        segmentation.masks().masks().get(region)))
                .bits();
    }

    private static double dice(Bits a, Bits b) {
        return 2.0 * a.countAnd(b) / (a.count() + b.count());
    }

    private static Bits above(Path file, float threshold) throws Exception {
        float[] values = CtLoader.load(file).volume().hu();
        Bits bits = new Bits(values.length);
        for (int n = 0; n < values.length; n++) {
            if (values[n] > threshold) {
                bits.set(n);
            }
        }
        return bits;
    }

    @Test
    void lungsOfTwoRealStudiesMatchTheirContours() throws Exception {
        for (String id : new String[] {"id001", "id002"}) {
            Path folder = SharedFolder.require("data/ct/lung-segmentation-3d");
            CtVolume ct =
                    CtLoader.load(folder.resolve(id + "-128x128x64.nii.gz")).volume();
            Segmentation found = AnatomySegmenter.segment(ct);
            Bits truth = above(folder.resolve(id + "-128x128x64-msk.nii.gz"), 127);
            assertThat(dice(bits(found, Region.LUNG), truth)).as(id).isGreaterThan(0.95);
            assertThat(found.findings()).hasSize(10);
        }
    }

    @Test
    void aScanOfTheAbdomenIsNoWitnessOfMuchButItsLungBases() throws Exception {
        Path file = SharedFolder.require("data/ct/TotalSegmentator/example_ct.nii.gz");
        Segmentation found = AnatomySegmenter.segment(CtLoader.load(file).volume());
        assertThat(found.finding(Region.LUNG))
                .isInstanceOfSatisfying(
                        Segmentation.Found.class,
                        lung -> assertThat(lung.confidence()).isGreaterThan(MaskScene.SURE));
        assertThat(found.finding(Region.ABDOMEN))
                .isInstanceOfSatisfying(
                        Segmentation.Found.class,
                        abdomen -> assertThat(abdomen.confidence()).isLessThan(MaskScene.SURE));
    }

    @Test
    void smallLungsWithEmphysemaAreNotTakenForBowel() {
        PhantomStudy study = Phantom.generate(301, 1, new PhantomSize(new GridSize(96, 96, 72), 3.4, 3.4, 4));
        Segmentation found = AnatomySegmenter.segment(study.volume());
        RegionMask lung = found.mask(Region.LUNG).orElseThrow();
        assertThat(MaskComparison.of(lung, study.mask(Region.LUNG)).dice()).isGreaterThan(0.93);
    }

    @Test
    void theArrayMayLieAnyWayRound() throws Exception {
        Path folder = SharedFolder.require("data/ct/lung-segmentation-3d");
        CtVolume ct = CtLoader.load(folder.resolve("id001-128x128x64.nii.gz")).volume();
        CtVolume turned = turned(ct);
        Bits straight = bits(AnatomySegmenter.segment(ct), Region.LUNG);
        Bits back = turnedBack(bits(AnatomySegmenter.segment(turned), Region.LUNG), turned.size(), ct.size());
        assertThat(dice(straight, back)).isGreaterThan(0.999);
    }

    /** The same patient with array axes (z, x, y), the first and second running backwards. */
    private static CtVolume turned(CtVolume ct) {
        GridSize size = ct.size();
        GridSize other = new GridSize(size.z(), size.x(), size.y());
        float[] hu = new float[size.voxels()];
        for (int n = 0; n < hu.length; n++) {
            int[] p = source(n, other, size);
            hu[n] = ct.at(p[0], p[1], p[2]);
        }
        double[] m = new double[12];
        double[] start = ct.grid().toWorld().apply(size.x() - 1, 0, size.z() - 1);
        for (int row = 0; row < 3; row++) {
            m[4 * row] = -ct.grid().toWorld().at(row, 2);
            m[4 * row + 1] = -ct.grid().toWorld().at(row, 0);
            m[4 * row + 2] = ct.grid().toWorld().at(row, 1);
            m[4 * row + 3] = start[row];
        }
        return new CtVolume(new Grid(other, new Affine(m)), hu);
    }

    private static int[] source(int n, GridSize turned, GridSize size) {
        int a = n % turned.x();
        int b = n / turned.x() % turned.y();
        int c = n / (turned.x() * turned.y());
        return new int[] {size.x() - 1 - b, c, size.z() - 1 - a};
    }

    private static Bits turnedBack(Bits bits, GridSize turned, GridSize size) {
        Bits back = new Bits(size.voxels());
        for (int n = bits.nextSet(0); n >= 0; n = bits.nextSet(n + 1)) {
            int[] p = source(n, turned, size);
            back.set(size.index(p[0], p[1], p[2]));
        }
        return back;
    }

    @Test
    void anEmptyScanHasNoRegionsAndSaysWhy() {
        Grid grid = new Grid(new GridSize(20, 20, 10), Affine.scaled(5, 5, 5));
        float[] air = new float[grid.size().voxels()];
        java.util.Arrays.fill(air, -1000);
        Segmentation found = AnatomySegmenter.segment(new CtVolume(grid, air));
        assertThat(found.masks().masks()).isEmpty();
        assertThat(found.findings().get(Region.HEART)).isEqualTo(new Missing("no lungs were found in this scan"));
    }
}
