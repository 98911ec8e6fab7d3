package org.reg2rg.train;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.reg2rg.tensor.Torch;

/**
 * A few threads that compute side by side, each with its share of the processors: small networks gain more from this than from
 * many threads in one product.
 */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;
    private final int each;
    private final int before = Torch.threads();

    Workers(int count) {
        this.threads = Executors.newFixedThreadPool(count);
        this.each = Math.max(1, Runtime.getRuntime().availableProcessors() / count);
    }

    /** The results in the order of the tasks, when all are done. */
    <T> List<T> all(List<? extends Callable<T>> tasks) {
        List<Future<T>> running = tasks.stream()
                .map(task -> threads.submit(() -> {
                    Torch.threads(each);
                    return task.call();
                }))
                .toList();
        return running.stream().map(Workers::await).toList();
    }

    /** The sum of the results, in the order of the tasks. */
    double sum(List<? extends Callable<Double>> tasks) {
        return all(tasks).stream().mapToDouble(Double::doubleValue).sum();
    }

    private static <T> T await(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a training step failed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.close();
        Torch.threads(before);
    }
}
