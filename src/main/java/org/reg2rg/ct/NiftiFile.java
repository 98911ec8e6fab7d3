package org.reg2rg.ct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.InputException;

/**
 * An open NIfTI file: its header has been read and checked, its voxels are still to come. The voxels are unzipped,
 * decoded and scaled in pieces, so that the memory used does not grow with the file.
 */
public final class NiftiFile implements AutoCloseable {
    private static final int PIECE_VOXELS = 1 << 14; // stays in the cache; a multiple of 64, as masks want it

    private final Path path;
    private final NiftiHeader header;
    private final MessageDigest digest;
    private final HashedInput image;

    private NiftiFile(Path path, NiftiHeader header, MessageDigest digest, HashedInput image) {
        this.path = path;
        this.header = header;
        this.digest = digest;
        this.image = image;
    }

    /**
     * Opens a file and reads its header.
     *
     * @param path of a {@code .nii} or {@code .nii.gz}, or of either part of a {@code .hdr}/{@code .img} pair
     * @throws InputException if it is not NIfTI, not one 3-D volume of real numbers, or shorter than its header says
     */
    public static NiftiFile open(Path path) throws IOException {
        Path headerPath = headerOf(path);
        MessageDigest digest = Hashes.newSha256();
        HashedInput input = new HashedInput(headerPath, digest);
        boolean opened = false;
        try {
            NiftiHeader header = readHeader(path, input);
            if (header.separateImage()) {
                input.finish();
                input.close();
                input = new HashedInput(imageOf(headerPath), digest);
            }
            input.requireRoom(header.gap() + header.voxelBytes(), header.describeVoxels());
            if (!input.skip(header.gap())) {
                throw input.tooShort(header.voxelBytes(), "none", header.describeVoxels());
            }
            opened = true;
            return new NiftiFile(path, header, digest, input);
        } finally {
            if (!opened) {
                input.close();
            }
        }
    }

    public Grid grid() {
        return new Grid(header.size(), header.toWorld());
    }

    /** What the user should know about the header, one sentence each. */
    public List<String> warnings() {
        return header.warnings();
    }

    /**
     * Reads all voxels, scaled; to be called once.
     *
     * @return the SHA-256 of the file (of header and image in turn, if they are two)
     * @throws InputException if the file ends early, its gzip data are damaged, or a value is not a finite number
     */
    public String stream(VoxelSink sink) throws IOException {
        int voxels = header.size().voxels();
        int width = header.type().bytes;
        var decoder = new NiftiDecoder(header, PIECE_VOXELS);
        for (int start = 0; start < voxels; start += PIECE_VOXELS) {
            int count = Math.min(PIECE_VOXELS, voxels - start);
            int got = image.read(decoder.bytes(), count * width);
            if (got < count * width) {
                long there = (long) start * width + got;
                throw image.tooShort(header.voxelBytes(), there + "", header.describeVoxels());
            }
            float[] values = decoder.decode(count);
            int bad = decoder.firstNotFinite(count);
            if (bad >= 0) {
                throw notFinite(start + bad, values[bad]);
            }
            sink.accept(start, values, count);
        }
        image.finish();
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        image.close();
    }

    /** The file that holds the header: for an {@code .img}, the {@code .hdr} of the same name. */
    static Path headerOf(Path path) {
        return sibling(path, ".img", ".hdr");
    }

    private static Path imageOf(Path header) {
        Path image = sibling(header, ".hdr", ".img");
        if (image.equals(header) || !Files.isRegularFile(image)) {
            throw new InputException(
                    header.toString(), "the header is here, but not the .img file with the voxels", "put it beside");
        }
        return image;
    }

    /** {@code name.from[.gz]} → {@code name.to[.gz]}, plain or zipped, whichever exists; else the path itself. */
    private static Path sibling(Path path, String from, String to) {
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        String base = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (!base.toLowerCase(Locale.ROOT).endsWith(from)) {
            return path;
        }
        String stem = base.substring(0, base.length() - from.length());
        for (String ending : List.of(to, to + ".gz", to.toUpperCase(Locale.ROOT))) {
            Path candidate = path.resolveSibling(stem + ending);
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        return path;
    }

    private static NiftiHeader readHeader(Path path, HashedInput input) throws IOException {
        byte[] start = new byte[4];
        NiftiVersion version = input.read(start, 4) < 4 ? null : NiftiHeader.version(start);
        if (version == null) {
            throw new InputException(
                    path.toString(),
                    "not a NIfTI file (expected a header of 348 or 540 bytes)",
                    "give a .nii, .nii.gz or .hdr/.img file");
        }
        byte[] rest = new byte[version.length - 4];
        if (input.read(rest, rest.length) < rest.length) {
            throw input.tooShort(version.length, "fewer", "the header");
        }
        byte[] header = new byte[version.length];
        System.arraycopy(start, 0, header, 0, 4);
        System.arraycopy(rest, 0, header, 4, rest.length);
        return NiftiHeader.parse(path.toString(), version, header);
    }

    private InputException notFinite(int index, float value) {
        GridSize size = header.size();
        return new InputException(
                path.toString(),
                "the value of voxel [" + index % size.x() + ", " + index / size.x() % size.y() + ", "
                        + index / size.x() / size.y() + "] is " + value + ", expected finite numbers",
                "replace such voxels (air is -1024) and try again");
    }
}
