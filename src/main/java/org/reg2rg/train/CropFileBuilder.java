package org.reg2rg.train;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.reg2rg.cohort.Cohort;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.core.Progress;
import org.reg2rg.data.ModelGrid;

/**
 * Draws a synthetic cohort and packs it for training without writing a single CT. What an interrupted run finished is kept;
 * the next one goes on behind it.
 */
final class CropFileBuilder {
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
        progress.skip(done);
        try (OutputStream cropsOut = append(crops);
                OutputStream factsOut = append(facts)) {
            new Cohort(seed, studies, size).each(workers, study -> study >= done, this::pack, (_, packed) -> {
                cropsOut.write(packed.crops());
                factsOut.write((packed.facts() + "\n").getBytes(StandardCharsets.UTF_8));
                cropsOut.flush();
                factsOut.flush();
                progress.advance(1, "");
            });
        }
    }

    private Packed pack(int number, PhantomStudy study) {
        return new Packed(
                CropRecord.of(layout, grid, study), StudyFacts.of(study).toJson());
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
        if (lastWhole && whole == lines.size() && Files.size(crops) == (long) whole * layout.bytes()) {
            return whole; // not touched, since other runs may be reading
        }
        try (var channel = Files.newByteChannel(crops, StandardOpenOption.WRITE)) {
            channel.truncate((long) whole * layout.bytes());
        }
        Files.write(facts, lines.subList(0, whole), StandardCharsets.UTF_8);
        return whole;
    }

    private static OutputStream append(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND), 1 << 20);
    }
}
