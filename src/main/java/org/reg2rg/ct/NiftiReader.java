package org.reg2rg.ct;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.reg2rg.core.InputException;

/**
 * Reads NIfTI-1 and NIfTI-2: {@code .nii}, {@code .nii.gz} and {@code .hdr}/{@code .img}, of either byte order and any
 * real type. Format: nifti1.h and nifti2.h of the NIfTI Data Format Working Group.
 */
public final class NiftiReader implements VolumeSource {
    private static final double SHARE_OF_HEAP = 0.9;

    @Override
    public String kind() {
        return "NIfTI-1 or -2";
    }

    @Override
    public boolean recognises(Path path) throws IOException {
        Path header = NiftiFile.headerOf(path);
        if (!Files.isRegularFile(header)) {
            return false;
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(header))) {
            InputStream in = HashedInput.isGzip(raw) ? new GZIPInputStream(raw) : raw;
            return NiftiHeader.version(in.readNBytes(4)) != null;
        } catch (ZipException | EOFException e) {
            return false;
        }
    }

    @Override
    public LoadedCt load(Path path) throws IOException {
        try (NiftiFile file = NiftiFile.open(path)) {
            GridSize size = file.grid().size();
            requireMemory(path, size);
            float[] hu = new float[size.voxels()];
            String sha256 = file.stream((start, values, count) -> System.arraycopy(values, 0, hu, start, count));
            return new LoadedCt(new CtVolume(file.grid(), hu), sha256, file.warnings());
        }
    }

    private static void requireMemory(Path path, GridSize size) {
        long bytes = (long) Float.BYTES * size.voxels();
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > SHARE_OF_HEAP * heap) {
            throw new InputException(
                    path.toString(),
                    size + " voxels need " + (bytes >> 20) + " MB of memory, but Java has " + (heap >> 20),
                    "give it more with -Xmx, or resample the volume");
        }
    }
}
