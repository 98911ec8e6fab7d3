package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.Progress;

/** Decodes the slices of a volume, files in parallel, frames of one file in parallel batches. */
final class PlaneLoader {
    private static final int BATCH = 4 * Runtime.getRuntime().availableProcessors();

    /** Takes the HU of one slice; called by several threads, each with another index. */
    interface Sink {
        void accept(int slice, float[] hu);
    }

    private final List<Slice> slices;
    private final Sink sink;
    private final LongAdder outside = new LongAdder();

    PlaneLoader(List<Slice> slices, Sink sink) {
        this.slices = slices;
        this.sink = sink;
    }

    /** How many pixels lay outside of the field of view. */
    long outside() {
        return outside.sum();
    }

    /** Loads all; returns the SHA-256 of the file, or of the files' hashes in the order of the slices. */
    String load(Progress.Style style) throws IOException {
        Map<ByteSource, List<Integer>> byFile = new LinkedHashMap<>();
        for (int i = 0; i < slices.size(); i++) {
            byFile.computeIfAbsent(slices.get(i).origin().source(), s -> new ArrayList<>())
                    .add(i);
        }
        List<Map.Entry<ByteSource, List<Integer>>> files = List.copyOf(byFile.entrySet());
        byte[][] hashes = new byte[files.size()][];
        try (Progress progress = Progress.of("reading slices", "files", files.size(), style)) {
            IntStream.range(0, hashes.length).parallel().forEach(f -> {
                hashes[f] = loadFile(files.get(f).getKey(), files.get(f).getValue());
                progress.advance();
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (hashes.length == 1) {
            return HexFormat.of().formatHex(hashes[0]);
        }
        MessageDigest digest = Hashes.newSha256();
        for (byte[] hash : hashes) {
            digest.update(hash);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private byte[] loadFile(ByteSource source, List<Integer> wanted) {
        try (DicomFile file = DicomFile.open(source, ReadLimits.HEADER)) {
            DicomParser.Pixels pixels =
                    file.pixels().orElseThrow(() -> file.input().damaged("the pixels are gone"));
            Slice first = slices.get(wanted.getFirst());
            var frames = new Frames(source.name(), first.format(), FrameDecoder.of(file, pixels));
            var input =
                    new FrameInput(file, pixels, first.format(), first.origin().frames());
            Map<Integer, Integer> sliceOfFrame = new LinkedHashMap<>();
            wanted.forEach(i -> sliceOfFrame.put(slices.get(i).origin().frame(), i));
            List<Integer> batch = new ArrayList<>();
            List<byte[]> bytes = new ArrayList<>();
            for (int frame = 0; frame < first.origin().frames(); frame++) {
                byte[] stored = input.next();
                Integer slice = sliceOfFrame.get(frame);
                if (slice != null) {
                    batch.add(slice);
                    bytes.add(stored);
                }
                if (batch.size() == BATCH) {
                    decode(frames, batch, bytes);
                }
            }
            decode(frames, batch, bytes);
            return file.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void decode(Frames frames, List<Integer> batch, List<byte[]> bytes) {
        IntStream.range(0, batch.size()).parallel().forEach(i -> {
            Slice slice = slices.get(batch.get(i));
            int[] words = frames.decode(bytes.get(i));
            float[] hu = new float[words.length];
            outside.add(slice.rescale().apply(words, slice.format(), hu));
            sink.accept(batch.get(i), hu);
        });
        batch.clear();
        bytes.clear();
    }
}
