package org.reg2rg.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.core.Hashes;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * What a vision part has seen of the studies of a {@link CropFile}, one record after the other: three counts, then as many
 * floats, little-endian. A record that a dying process left unfinished is cut off, and its study seen again.
 */
final class SeenFile {
    private static final String FORMAT = "seen/1";
    private static final String NAME = "seen.bin";
    private static final int HASH_DIGITS = 8;
    private static final int HEAD = 3 * Integer.BYTES;

    private final Path file;

    /** @param folder need not exist */
    SeenFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /**
     * The folder for what this model sees of these studies; everything that decides the bytes is in its name.
     *
     * @param how it looks at them
     */
    static Path folder(CropFile data, ModelConfig config, Map<String, Tensor> weights, String how) {
        var digest = Hashes.newSha256();
        digest.update((FORMAT + " " + how + " " + config.vision() + " " + config.geometry() + " " + config.perceiver())
                .getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(weights).forEach((name, weight) -> {
            if (VisionNetwork.isVision(name)) {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(Scope.inference(() -> bytes(Tensors.toFloats(weight))));
            }
        });
        return data.folder()
                .resolve("seen-" + HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS));
    }

    private static byte[] bytes(float[] values) {
        var buffer = buffer(values.length * Float.BYTES);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    /** What is there: the first studies of these, as far as their records are whole. */
    List<SeenStudy> read(CropFile data) throws IOException {
        var studies = new ArrayList<SeenStudy>();
        if (!Files.exists(file)) {
            return studies;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long whole = 0;
            while (studies.size() < data.size()) {
                var regions = SeenStudy.regions(data, studies.size());
                int[] counts = counts(channel, whole);
                if (!fit(counts, regions.size(), channel.size() - whole - HEAD)) {
                    break;
                }
                float[][] parts = floats(channel, whole + HEAD, counts);
                studies.add(new SeenStudy(regions, parts[0], parts[1], parts[2]));
                whole += HEAD + bytes(counts);
            }
            channel.truncate(whole);
        }
        return studies;
    }

    /** Of a record whose head is not whole: none. */
    private static int[] counts(FileChannel channel, long at) throws IOException {
        if (channel.size() - at < HEAD) {
            return new int[0];
        }
        var head = buffer(HEAD);
        fill(channel, head, at);
        return new int[] {head.getInt(), head.getInt(), head.getInt()};
    }

    /** Whether these are the counts of a whole record of a study with so many regions. */
    private static boolean fit(int[] counts, int regions, long left) {
        return counts.length > 0
                && counts[0] > 0
                && counts[0] % (regions + 1) == 0
                && counts[1] >= 0
                && counts[1] % (regions + 1) == 0
                && counts[2] >= 0
                && (regions == 0 ? counts[2] == 0 : counts[2] % regions == 0)
                && bytes(counts) <= Math.min(left, Integer.MAX_VALUE);
    }

    private static long bytes(int[] counts) {
        return Float.BYTES * ((long) counts[0] + counts[1] + counts[2]);
    }

    private static float[][] floats(FileChannel channel, long at, int[] counts) throws IOException {
        var values = buffer(Math.toIntExact(bytes(counts)));
        fill(channel, values, at);
        var floats = values.asFloatBuffer();
        var parts = new float[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            parts[i] = new float[counts[i]];
            floats.get(parts[i]);
        }
        return parts;
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file ended while it was read");
            }
        }
        buffer.flip();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The studies that follow those that are there. */
    void append(List<SeenStudy> studies) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (SeenStudy study : studies) {
                float[][] parts = {study.latents(), study.findings(), study.geometry()};
                int[] counts = {parts[0].length, parts[1].length, parts[2].length};
                var record = buffer(Math.toIntExact(HEAD + bytes(counts)));
                for (int count : counts) {
                    record.putInt(count);
                }
                var floats = record.asFloatBuffer();
                for (float[] part : parts) {
                    floats.put(part);
                }
                record.rewind();
                while (record.hasRemaining()) {
                    channel.write(record);
                }
            }
        }
    }
}
