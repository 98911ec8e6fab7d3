package org.reg2rg.train;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Region;

/**
 * Studies as the model reads them, ready for training: {@code crops.bin} with one record a study ({@link CropLayout}) and
 * {@code facts.jsonl} with one line a study. Grey values take one byte (4.7 HU), so thousands of studies stay in memory.
 * Safe for reading by several threads.
 */
public final class CropFile implements AutoCloseable {
    /** Of both files; folders of another format are not opened but made anew beside them. */
    static final String FORMAT = "crops/4";

    static final String CROPS = "crops.bin";
    static final String FACTS = "facts.jsonl";
    private static final float HALF_RANGE = 127.5f;

    /** What the bytes of a texture mean. */
    private static final float[] GREY = new float[256];

    static {
        for (int value = 0; value < GREY.length; value++) {
            GREY[value] = value / HALF_RANGE - 1;
        }
    }

    private final Path folder;
    private final CropLayout layout;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment crops;
    private final List<StudyFacts> facts;

    private CropFile(CropLayout layout, Path folder) throws IOException {
        this.folder = folder;
        this.layout = layout;
        this.facts = Files.readAllLines(folder.resolve(FACTS), StandardCharsets.UTF_8).stream()
                .map(StudyFacts::fromJson)
                .toList();
        Path file = folder.resolve(CROPS);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long expected = (long) facts.size() * layout.bytes();
            if (channel.size() != expected) {
                throw new InputException(
                        file.toString(),
                        "expected " + expected + " bytes for " + facts.size() + " studies, got " + channel.size(),
                        "delete the folder; it is made again");
            }
            this.crops = channel.map(MapMode.READ_ONLY, 0, expected, arena);
        }
    }

    /** @throws InputException if the two files do not belong together or are of another layout */
    public static CropFile open(CropLayout layout, Path folder) throws IOException {
        return new CropFile(layout, folder);
    }

    /** Where it lies, and what is made of it may lie. */
    Path folder() {
        return folder;
    }

    public CropLayout layout() {
        return layout;
    }

    /** Number of studies. */
    public int size() {
        return facts.size();
    }

    public StudyFacts facts(int study) {
        return facts.get(study);
    }

    /** Whether the region has a mask with voxels. */
    public boolean present(int study, Region region) {
        int bit = region.ordinal();
        byte bits = crops.get(ValueLayout.JAVA_BYTE, at(study, layout.presenceAt() + bit / 8));
        return (bits >> (bit % 8) & 1) != 0;
    }

    /** Whether there is something to see in this crop: always in the whole volume. */
    public boolean present(int study, int crop) {
        return CropLayout.region(crop).map(region -> present(study, region)).orElse(true);
    }

    /** Copies a crop, values in [-1, 1], row-major [x, y, z]. */
    public void texture(int study, int crop, float[] target, int offset) {
        long from = at(study, layout.textureAt(crop));
        int count = layout.size(crop).voxels();
        for (int i = 0; i < count; i++) {
            target[offset + i] = GREY[crops.get(ValueLayout.JAVA_BYTE, from + i) & 0xff];
        }
    }

    /** Copies a region's mask on the whole volume, values in [0, 1], row-major [x, y, z]. */
    public void mask(int study, Region region, float[] target, int offset) {
        long from = at(study, layout.maskAt(region));
        for (int i = 0; i < layout.spec().mask().voxels(); i++) {
            target[offset + i] = (crops.get(ValueLayout.JAVA_BYTE, from + i) & 0xff) / (2 * HALF_RANGE);
        }
    }

    /** Copies where the findings of a crop are: 1 in the cells that they touch, row-major [finding, x, y, z]. */
    public void cells(int study, int crop, float[] target, int offset) {
        long from = at(study, layout.bitsAt(crop));
        int count = CropLayout.FINDINGS * layout.cells(crop).voxels();
        for (int i = 0; i < count; i++) {
            byte bits = crops.get(ValueLayout.JAVA_BYTE, from + i / 8);
            target[offset + i] = bits >> (i % 8) & 1;
        }
    }

    private long at(int study, long offset) {
        return (long) study * layout.bytes() + offset;
    }

    @Override
    public void close() {
        arena.close();
    }
}
