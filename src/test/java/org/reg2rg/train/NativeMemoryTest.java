package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.TinyModel;

/** A training of many steps takes no more memory than one of few. */
@Tag("slow")
class NativeMemoryTest {
    private static final long WARM = 60;
    private static final long LAST = 199;

    /** Less than one hidden state of one study a step would leave: 400 tokens of 64 numbers, 139 times. */
    private static final long LEAST_LEAK = 8L << 20;

    /** Counters of the C library's allocator (mallinfo2): ten sizes, of which these two are bytes in use. */
    private static final MemoryLayout COUNTERS = MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG);

    private static final int MAPPED = 4;
    private static final int SMALL = 7;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** Bytes that the process holds outside of the Java heap, not those that were freed and are kept for later. */
    private static long bytesInUse() throws Throwable {
        var function = Linker.nativeLinker().defaultLookup().find("mallinfo2").orElseThrow();
        var struct = MemoryLayout.structLayout(COUNTERS);
        var handle = Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(struct));
        try (Arena arena = Arena.ofConfined()) {
            var counters = (MemorySegment) handle.invokeExact((SegmentAllocator) arena);
            return counters.getAtIndex(ValueLayout.JAVA_LONG, MAPPED)
                    + counters.getAtIndex(ValueLayout.JAVA_LONG, SMALL);
        }
    }

    private record Held(long bytes, long objects) {}

    private static Held held() {
        try {
            return new Held(bytesInUse(), Pointer.totalCount());
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoHundredStepsStayFlat() throws Exception {
        assumeTrue(
                Linker.nativeLinker().defaultLookup().find("mallinfo2").isPresent(),
                "the C library has no mallinfo2, whose counters this test compares");
        TinyModel.create(folder.resolve("model"), 1);
        var settings = new ReferringStage.Settings(
                Optional.of(LAST + 1),
                Optional.empty(),
                1,
                1,
                1e-3,
                2,
                1,
                true,
                true,
                1500,
                Optional.of(LAST + 1),
                Optional.empty(),
                Optional.empty());
        Map<Long, Held> at = new HashMap<>();
        try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
            new ReferringStage(List.of(loaded), new ReferringStageTest.Noise(5, 1), settings, 1)
                    .run(folder.resolve("run"), LAST + 1, (step, _, _, _) -> {
                        if (step == WARM || step == LAST) {
                            at.put(step, held());
                        }
                    });
        }
        Held warm = Objects.requireNonNull(at.get(WARM));
        Held last = Objects.requireNonNull(at.get(LAST));
        assertThat(last.objects()).as("native objects").isLessThanOrEqualTo(warm.objects() + 50);
        assertThat(last.bytes() - warm.bytes())
                .as("bytes in use: %s after %s steps, %s after %s", warm.bytes(), WARM, last.bytes(), LAST)
                .isLessThan(LEAST_LEAK);
    }
}
