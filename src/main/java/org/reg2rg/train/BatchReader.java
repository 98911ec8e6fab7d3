package org.reg2rg.train;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.reg2rg.core.InputException;

/** Reads micro-batches in order, the next ones while those before are computed. */
final class BatchReader implements AutoCloseable {
    /** Makes the micro-batch of a number, the same each time. */
    @FunctionalInterface
    interface Batches {
        ReferringStep.MicroBatch batch(long number) throws IOException;
    }

    private final Batches batches;
    private final long end;
    private final int ahead;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final Deque<Future<ReferringStep.MicroBatch>> pending = new ArrayDeque<>();
    private long number;

    /**
     * For the numbers from {@code first} to {@code end} - 1.
     *
     * @param ahead how many are read while others are computed
     */
    BatchReader(Batches batches, long first, long end, int ahead) {
        this.ahead = ahead;
        this.batches = batches;
        this.number = first;
        this.end = end;
    }

    /** The next in order. */
    ReferringStep.MicroBatch next() throws IOException {
        while (number < end && pending.size() <= ahead) {
            long wanted = number++;
            pending.add(worker.submit(() -> batches.batch(wanted)));
        }
        try {
            return pending.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading studies", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InputException bad) {
                throw bad;
            }
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException("a study could not be made ready", e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
