package org.reg2rg.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.NiftiVersion.Field;

class NiftiReaderTest {
    private static final double[] TWELVE = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "UINT8, 0, 255",
        "INT8, -128, 127",
        "INT16, -32768, 32767",
        "UINT16, 0, 65535",
        "INT32, -2147483648, 2147483647",
        "UINT32, 0, 4294967295",
        "INT64, -9007199254740992, 9007199254740992",
        "UINT64, 0, 18446744073709549568",
        "FLOAT32, -0.5, 1024.25",
        "FLOAT64, -0.5, 1024.25"
    })
    void readsEveryRealTypeInBothByteOrdersAndVersions(NiftiType type, double low, double high) throws IOException {
        double[] values = TWELVE.clone();
        values[3] = low;
        values[7] = high;
        for (NiftiVersion version : NiftiVersion.values()) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                var file = new NiftiBytes(version, order)
                        .type(type.code, type.bytes)
                        .values(values);
                CtVolume volume = load("v.nii", file.bytes()).volume();
                assertThat(volume.size()).isEqualTo(new GridSize(2, 3, 2));
                float[] expected = new float[12];
                for (int n = 0; n < expected.length; n++) {
                    expected[n] = (float) values[n];
                }
                assertThat(volume.hu()).containsExactly(expected);
                assertThat(load("v.nii.gz", file.gzip()).volume().hu()).containsExactly(expected);
            }
        }
    }

    @Test
    void axisZeroIsContiguous() throws IOException {
        CtVolume volume = load("v.nii", NiftiBytes.one().values(TWELVE).bytes()).volume();
        assertThat(volume.at(1, 0, 0)).isEqualTo(1);
        assertThat(volume.at(0, 1, 0)).isEqualTo(2);
        assertThat(volume.at(0, 0, 1)).isEqualTo(6);
    }

    @Test
    void slopeAndInterApplyUnlessTheSlopeIsZeroOrNoNumber() throws IOException {
        var file = NiftiBytes.one().values(TWELVE).real(Field.INTER, 0, -1024);
        assertThat(load("a.nii", file.real(Field.SLOPE, 0, 2).bytes()).volume().at(1, 0, 0))
                .isEqualTo(-1022);
        assertThat(load("b.nii", file.real(Field.SLOPE, 0, 0).bytes()).volume().at(1, 0, 0))
                .isEqualTo(1);
        assertThat(load("c.nii", file.real(Field.SLOPE, 0, Double.NaN).bytes())
                        .volume()
                        .at(1, 0, 0))
                .isEqualTo(1);
        refused("d.nii", file.real(Field.SLOPE, 0, Double.POSITIVE_INFINITY).bytes())
                .hasMessageContaining("scl_slope is infinite");
        refused(
                        "e.nii",
                        file.real(Field.SLOPE, 0, 1)
                                .real(Field.INTER, 0, Double.NaN)
                                .bytes())
                .hasMessageContaining("scl_inter is NaN");
    }

    @Test
    void affineIsSformElseQformElseVoxelSize() throws IOException {
        var file = NiftiBytes.one().values(TWELVE);
        for (int axis = 0; axis < 3; axis++) {
            file.real(Field.PIXDIM, axis + 1, 2 + axis);
        }
        assertAffine(file, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0);
        // half a turn about z: x → -x, y → -y; a flipped third axis by qfac = -1
        file.form(Field.QFORM_CODE, 1).real(Field.QUATERNION_AND_OFFSET, 2, 1).real(Field.QUATERNION_AND_OFFSET, 3, 7);
        assertAffine(file, -2, 0, 0, 7, 0, -3, 0, 0, 0, 0, 4, 0);
        file.real(Field.PIXDIM, 0, -1);
        assertAffine(file, -2, 0, 0, 7, 0, -3, 0, 0, 0, 0, -4, 0);
        file.form(Field.SFORM_CODE, 2);
        double[] rows = {0, 0, 5, 1, 2, 0, 0, 2, 0, 3, 0, 3};
        for (int n = 0; n < rows.length; n++) {
            file.real(Field.SROW, n, rows[n]);
        }
        assertAffine(file, rows);
        assertThat(load("v.nii", file.bytes()).warnings()).contains("sform and qform differ; the sform was taken");
        file.real(Field.SROW, 2, 0); // singular now
        assertAffine(file, -2, 0, 0, 7, 0, -3, 0, 0, 0, 0, -4, 0);
    }

    @Test
    void readsHeaderAndImageOfTwoFiles() throws IOException {
        var file = NiftiBytes.one().magic("ni1").values(TWELVE).real(Field.VOX_OFFSET, 0, 0);
        Files.write(folder.resolve("pair.hdr"), Arrays.copyOf(file.header.array(), 348));
        Files.write(folder.resolve("pair.img"), file.voxels);
        for (String name : new String[] {"pair.hdr", "pair.img"}) {
            assertThat(CtLoader.load(folder.resolve(name)).volume().at(1, 2, 1)).isEqualTo(11);
        }
        Files.delete(folder.resolve("pair.img"));
        assertThatThrownBy(() -> CtLoader.load(folder.resolve("pair.hdr")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("but not the .img file with the voxels");
    }

    @Test
    void hashesTheFileAsItLies() throws IOException {
        Path file = folder.resolve("v.nii.gz");
        Files.write(file, NiftiBytes.one().values(TWELVE).gzip());
        assertThat(CtLoader.load(file).sha256()).isEqualTo(Hashes.sha256(file));
        assertThat(CtLoader.load(file).warnings()).singleElement().asString().contains("no orientation");
    }

    @Test
    void oneVolumeOfFourAxesIsTakenMoreAreRefused() throws IOException {
        var file = NiftiBytes.one().values(TWELVE);
        assertThat(load("a.nii", file.dims(4, 2, 3, 2, 1).bytes()).volume().size())
                .isEqualTo(new GridSize(2, 3, 2));
        refused("b.nii", file.dims(4, 2, 3, 2, 5).bytes())
                .hasMessageEndingWith(
                        "b.nii: 5 volumes along axis 4, expected one; extract the volume that is to be read");
        refused("c.nii", file.dims(2, 2, 6).bytes()).hasMessageContaining("a 2-D image, expected a 3-D volume");
        refused("d.nii", file.dims(3, 2, 0, 2).bytes()).hasMessageContaining("empty volume");
        refused("e.nii", file.dims(3, 2, -3, 2).bytes()).hasMessageContaining("empty volume");
        refused("f.nii", file.dims(9, 2, 3, 2).bytes()).hasMessageContaining("9 axes");
    }

    @Test
    void colourComplexAndUnknownTypesAreRefused() throws IOException {
        for (var entry : java.util.Map.of(
                        128,
                        "RGB colour",
                        2304,
                        "RGB colour",
                        32,
                        "complex",
                        1536,
                        "128-bit float",
                        77,
                        "unknown (code 77)")
                .entrySet()) {
            refused(
                            "t.nii",
                            NiftiBytes.one()
                                    .values(TWELVE)
                                    .type(entry.getKey(), 3)
                                    .bytes())
                    .hasMessageContaining("voxels are " + entry.getValue() + ", expected real numbers");
        }
    }

    @Test
    void truncatedAndDamagedFilesAreRefused() throws IOException {
        byte[] plain = NiftiBytes.one().values(TWELVE).bytes();
        refused("a.nii", Arrays.copyOf(plain, plain.length - 3)).hasMessageContaining("the file ends early");
        refused("b.nii", Arrays.copyOf(plain, 200)).hasMessageContaining("the file ends early");
        byte[] zipped = NiftiBytes.gzip(plain);
        refused("c.nii.gz", NiftiBytes.gzip(Arrays.copyOf(plain, plain.length - 3)))
                .hasMessageEndingWith("the file ends early (expected 24 bytes for 2×3×2 voxels of INT16, got 21);"
                        + " copy or make it again");
        refused("d.nii.gz", Arrays.copyOf(zipped, zipped.length - 9)).hasMessageContaining("cut off or damaged");
        zipped[zipped.length - 7] ^= 1; // the checksum
        refused("e.nii.gz", zipped).hasMessageContaining("cut off or damaged");
    }

    @Test
    void aLyingHeaderTakesNoMemory() throws IOException {
        refused(
                        "a.nii",
                        NiftiBytes.one()
                                .dims(3, 1200, 1200, 1200)
                                .values(TWELVE)
                                .bytes())
                .hasMessageContaining("the file ends early");
        refused(
                        "b.nii.gz",
                        NiftiBytes.one()
                                .dims(3, 1200, 1200, 1200)
                                .values(TWELVE)
                                .gzip())
                .hasMessageContaining("the file ends early");
        refused(
                        "c.nii",
                        NiftiBytes.one()
                                .dims(3, 30000, 30000, 30000)
                                .values(TWELVE)
                                .bytes())
                .hasMessageContaining("30000×30000×30000 voxels are more than");
        var huge = new NiftiBytes(NiftiVersion.TWO, ByteOrder.BIG_ENDIAN).values(TWELVE);
        refused("d.nii", huge.dims(3, Long.MAX_VALUE, 2, 2).bytes()).hasMessageContaining("are more than");
        huge.dims(3, 2, 3, 2).header.putLong(NiftiVersion.TWO.offset(Field.VOX_OFFSET), Long.MIN_VALUE);
        refused("e.nii", huge.bytes()).hasMessageContaining("vox_offset");
    }

    @Test
    void valuesThatAreNotFiniteAreRefusedWithTheirPlace() throws IOException {
        double[] values = TWELVE.clone();
        values[9] = Double.NaN;
        refused("a.nii", NiftiBytes.one().type(16, 4).values(values).bytes())
                .hasMessageContaining("the value of voxel [1, 1, 1] is NaN, expected finite numbers");
        values[9] = 1e300; // infinite as float
        refused("b.nii", NiftiBytes.one().type(64, 8).values(values).bytes()).hasMessageContaining("is Infinity");
    }

    @Test
    void otherFilesAreNoCt() throws IOException {
        refused("a.nii", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasMessageContaining("not a CT volume (expected NIfTI-1 or -2")
                .hasMessageEndingWith("give the CT itself");
        refused("b.nii", new byte[0]).hasMessageContaining("not a CT volume");
        refused("c.nii.gz", new byte[] {0x1f, (byte) 0x8b, 8}).hasMessageContaining("not a CT volume");
        refused("d.hdr", NiftiBytes.one().magic("\0\0\0").values(TWELVE).bytes())
                .hasMessageContaining("Analyze 7.5");
        assertThatThrownBy(() -> CtLoader.load(folder.resolve("nowhere.nii")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("nowhere.nii: no such file or folder; check the path");
        assertThatThrownBy(() -> CtLoader.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a folder without a CT");
    }

    private void assertAffine(NiftiBytes file, double... expected) throws IOException {
        assertThat(load("affine.nii", file.bytes()).volume().grid().toWorld().m())
                .containsExactly(expected, org.assertj.core.data.Offset.offset(1e-6));
    }

    private LoadedCt load(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        return CtLoader.load(file);
    }

    private AbstractThrowableAssert<?, ?> refused(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        return assertThatThrownBy(() -> CtLoader.load(file)).isInstanceOf(InputException.class);
    }
}
