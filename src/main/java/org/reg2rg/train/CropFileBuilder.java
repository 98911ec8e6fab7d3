package org.reg2rg.train;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.core.Progress;
import org.reg2rg.data.ModelGrid;

/**
 * Draws a synthetic cohort and packs it for training without writing a single CT. What an interrupted run finished is kept;
 * the next one goes on behind it.
 */
final class CropFileBuilder {
    private static final int AHEAD = 4;

    private final CropLayout layout;
    private final ModelGrid grid;
    private final long seed;
    private final PhantomSize size;

    CropFileBuilder(CropLayout layout, ModelGrid grid, long seed, PhantomSize size) {
        this.layout = layout;
        this.grid = grid;
        this.seed = seed;
        this.size = size;
    }

    private record Packed(byte[] crops, String facts) {}

    /** Makes sure that {@code folder} holds exactly the studies 0 … {@code studies} - 1. */
    void build(Path folder, int studies, int workers, Progress progress) throws IOException {
        Files.createDirectories(folder);
        Path crops = folder.resolve(CropFile.CROPS);
        Path facts = folder.resolve(CropFile.FACTS);
        int done = finished(crops, facts, studies);
        progress.advance(done, "");
        try (ExecutorService pool = Executors.newFixedThreadPool(workers);
                OutputStream cropsOut = append(crops);
                OutputStream factsOut = append(facts)) {
            var pending = new ArrayDeque<Future<Packed>>();
            int next = done;
            while (done < studies) {
                while (next < studies && pending.size() < workers + AHEAD) {
                    int study = next++;
                    pending.add(pool.submit(() -> pack(study)));
                }
                Packed packed = await(pending.remove());
                cropsOut.write(packed.crops());
                factsOut.write((packed.facts() + "\n").getBytes(StandardCharsets.UTF_8));
                cropsOut.flush();
                factsOut.flush();
                done++;
                progress.advance(1, "");
            }
        }
    }

    private Packed pack(int study) {
        PhantomStudy phantom = Phantom.generate(seed, study, size);
        return new Packed(
                CropRecord.of(layout, grid, phantom), StudyFacts.of(phantom).toJson());
    }

    /** Cuts both files back to the studies that are whole in each. */
    private int finished(Path crops, Path facts, int studies) throws IOException {
        if (!Files.exists(crops) || !Files.exists(facts)) {
            Files.write(crops, new byte[0]);
            Files.write(facts, new byte[0]);
            return 0;
        }
        List<String> lines = Files.readAllLines(facts, StandardCharsets.UTF_8);
        boolean lastWhole = Files.readString(facts).endsWith("\n");
        int wholeLines = lastWhole || lines.isEmpty() ? lines.size() : lines.size() - 1;
        int whole = (int) Math.min(studies, Math.min(wholeLines, Files.size(crops) / layout.bytes()));
        try (var channel = Files.newByteChannel(crops, StandardOpenOption.WRITE)) {
            channel.truncate((long) whole * layout.bytes());
        }
        Files.write(facts, lines.subList(0, whole), StandardCharsets.UTF_8);
        return whole;
    }

    private static OutputStream append(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND), 1 << 20);
    }

    private static Packed await(Future<Packed> packed) {
        try {
            return packed.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while drawing the cohort", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a study of the cohort could not be drawn", e.getCause());
        }
    }
}
