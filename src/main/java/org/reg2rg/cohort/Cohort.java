package org.reg2rg.cohort;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;

/**
 * A cohort in memory: studies 0 to {@code studies} − 1 of a seed, drawn when they are asked for.
 *
 * @param seed two cohorts of one seed share their first studies
 */
public record Cohort(long seed, int studies, PhantomSize size) {
    private static final double VALIDATION = 0.1;
    private static final double TEST = 0.1;

    public Cohort {
        if (studies < 1) {
            throw new IllegalArgumentException("a cohort has at least one study, got " + studies);
        }
    }

    public PhantomStudy study(int number) {
        return Phantom.generate(seed, number, size);
    }

    public StudyName name(int number) {
        return StudyName.of(number);
    }

    /** "train", "validation" or "test"; all visits of a patient fall into one. */
    public String split(int number) {
        double at = Draw.of(seed, StudyName.patient(number), "split").between(0, 1);
        return at < TEST ? "test" : at < TEST + VALIDATION ? "validation" : "train";
    }

    /** What is made of a study on a worker's thread. */
    @FunctionalInterface
    public interface Work<T> {
        T of(int number, PhantomStudy study) throws IOException;
    }

    /** Takes what was made, in the order of the studies, on the caller's thread. */
    @FunctionalInterface
    public interface Taker<T> {
        void take(int number, T made) throws IOException;
    }

    /**
     * Draws studies on {@code workers} threads, a few ahead, and hands them over in their order; the same whatever the
     * number of workers.
     *
     * @param wanted which numbers to draw
     */
    public <T> void each(int workers, IntPredicate wanted, Work<T> work, Taker<T> taker) throws IOException {
        var pending = new ArrayDeque<Job<T>>();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            try {
                for (int n = 0; n < studies; n++) {
                    if (wanted.test(n)) {
                        int number = n;
                        Callable<T> job = () -> work.of(number, study(number));
                        pending.add(new Job<>(number, pool.submit(job)));
                        if (pending.size() > 2 * workers) {
                            hand(pending.remove(), taker);
                        }
                    }
                }
                while (!pending.isEmpty()) {
                    hand(pending.remove(), taker);
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private record Job<T>(int number, Future<T> made) {}

    private static <T> void hand(Job<T> job, Taker<T> taker) throws IOException {
        try {
            taker.take(job.number(), job.made().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while drawing study " + job.number(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("study " + job.number() + " could not be drawn", e.getCause());
        }
    }
}
