package org.reg2rg.tensor;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Named places in a computation at which a recorder may look: {@code Tap.at("vision.block0", x)}. Costs nothing to speak
 * of when no recorder is installed. The names are those of the golden files, so that a failing comparison can say which
 * stage departs first.
 */
public final class Tap implements AutoCloseable {
    private static final ThreadLocal<@Nullable Recorder> RECORDER = new ThreadLocal<>();

    private final @Nullable Recorder before;

    private Tap(@Nullable Recorder before) {
        this.before = before;
    }

    /** Looks at values as they pass; must copy what it wants to keep. */
    @FunctionalInterface
    public interface Recorder {
        void record(String name, Tensor value);
    }

    /** Installs a recorder on this thread until the result is closed. */
    public static Tap install(Recorder recorder) {
        var tap = new Tap(RECORDER.get());
        RECORDER.set(recorder);
        return tap;
    }

    /** Shows {@code value} to the recorder, if there is one, and returns it. */
    public static Tensor at(String name, Tensor value) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.record(name, value);
        }
        return value;
    }

    @Override
    public void close() {
        RECORDER.set(before);
    }
}
