package org.reg2rg.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.ct.NiftiVersion.Field;

class NiftiWriterTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        CtVolume volume = noise(
                new GridSize(70, 60, 33),
                new Affine(new double[] {-0.7, 0, 0, 100, 0, -0.7, 0.1, 90, 0, 0.05, 3, -400}));
        for (String name : new String[] {"a.nii", "a.nii.gz"}) {
            NiftiWriter.writeFloat32(folder.resolve(name), volume);
            CtVolume back = CtLoader.load(folder.resolve(name)).volume();
            assertThat(back.hu()).containsExactly(volume.hu());
            assertThat(back.grid().toWorld().m())
                    .containsExactly(volume.grid().toWorld().m(), Offset.offset(1e-5));
        }
        NiftiWriter.writeInt16(folder.resolve("b.nii.gz"), volume);
        CtVolume rounded = CtLoader.load(folder.resolve("b.nii.gz")).volume();
        assertThat(rounded.hu()[17]).isEqualTo((float) Math.rint(volume.hu()[17]));
        NiftiWriter.writeUint8(folder.resolve("c.nii"), volume.grid(), index -> index % 300);
        assertThat(CtLoader.load(folder.resolve("c.nii")).volume().hu()[299]).isEqualTo(255);
    }

    @Test
    void equalVolumesGiveEqualBytes() throws IOException, InterruptedException {
        CtVolume volume = noise(new GridSize(40, 30, 20), Affine.scaled(1, 1, 3));
        NiftiWriter.writeInt16(folder.resolve("a.nii.gz"), volume);
        byte[] first = Files.readAllBytes(folder.resolve("a.nii.gz"));
        NiftiWriter.writeInt16(folder.resolve("other name.nii.gz"), volume);
        assertThat(Files.readAllBytes(folder.resolve("other name.nii.gz"))).isEqualTo(first);
        assertThat(Arrays.copyOfRange(first, 4, 8)).as("gzip's time stamp").containsOnly(0);
    }

    @Test
    void qformAgreesWithTheSformForEveryOrientation() throws IOException {
        int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] p : permutations) {
            for (int flips = 0; flips < 8; flips++) {
                double[] m = new double[12];
                for (int row = 0; row < 3; row++) {
                    m[4 * row + p[row]] = (flips >> row & 1) == 0 ? 1.5 + row : -1.5 - row;
                    m[4 * row + 3] = 10 * row - 7;
                }
                assertQform(new Affine(m), 1e-5);
            }
        }
        double cos = Math.cos(0.3);
        double sin = Math.sin(0.3);
        assertQform(new Affine(new double[] {2 * cos, -2 * sin, 0, 1, 2 * sin, 2 * cos, 0, 2, 0, 0, 5, 3}), 1e-5);
    }

    private void assertQform(Affine affine, double tolerance) throws IOException {
        Path file = folder.resolve("q.nii");
        NiftiWriter.writeFloat32(file, noise(new GridSize(2, 2, 2), affine));
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(NiftiVersion.ONE.offset(Field.SFORM_CODE), (short) 0);
        Files.write(file, bytes);
        assertThat(CtLoader.load(file).volume().grid().toWorld().m())
                .containsExactly(affine.m(), Offset.offset(tolerance));
    }

    static CtVolume noise(GridSize size, Affine affine) {
        var random = new Random(5);
        float[] hu = new float[size.voxels()];
        for (int n = 0; n < hu.length; n++) {
            hu[n] = random.nextFloat() * 3000 - 1024;
        }
        return new CtVolume(new Grid(size, affine), hu);
    }
}
