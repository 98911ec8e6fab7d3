package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;

/** One part of a training run: so many optimiser steps on some of a model's weights, which it changes in place. */
public interface Stage {
    /** Its name in the config, the run folder and the metrics. */
    String name();

    /** Optimiser steps in all. */
    long steps();

    /** Studies of one step. */
    int studies();

    /**
     * Trains, from the newest checkpoint in {@code folder} if there is one, and leaves one there at the end.
     *
     * @param until step at which to stop, at most {@link #steps}, which the schedule is made for
     */
    void run(Path folder, long until, Listener listener) throws IOException;

    /** Is told how it goes. */
    @FunctionalInterface
    interface Listener {
        /**
         * A step was made.
         *
         * @param step counted from 0
         * @param loss of this step, before it
         * @param gradientNorm before clipping
         * @param rate learning rate
         */
        void step(long step, double loss, double gradientNorm, double rate) throws IOException;

        /** So many tokens were read for the step that is being made, prompts and answers together. */
        default void read(long tokens) {}

        /** A checkpoint of this number of steps is on disk, just written or found. */
        default void saved(long steps) throws IOException {}

        /** Asked after each step: whether to write a checkpoint and stop. */
        default boolean stopping() {
            return false;
        }
    }
}
