package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Steps, one after the other, with a checkpoint every few of them.
 *
 * @param trained weights that change
 * @param optimizer changes them
 * @param rate learning rate of each step
 * @param clip largest L2 norm of the gradient
 * @param checkpointEvery steps between checkpoints
 */
record StageLoop(
        List<TrainedTensor> trained, Optimizer optimizer, LearningRate rate, double clip, long checkpointEvery) {
    /** Adds up the gradients of a step in the weights; gives its loss. */
    @FunctionalInterface
    interface Gradients {
        double of(long step) throws IOException;
    }

    /** As {@link Stage#run}. */
    void run(Path folder, long until, Stage.Listener listener, Gradients gradients) throws IOException {
        if (Checkpoint.exists(folder)) {
            Checkpoint.restore(folder, trained, optimizer);
            listener.saved(optimizer.steps());
        }
        boolean stopping = false;
        while (optimizer.steps() < until && !stopping) {
            long step = optimizer.steps();
            double loss = gradients.of(step);
            double now = rate.at(step);
            double norm = optimizer.clippedStep(now, clip);
            listener.step(step, loss, norm, now);
            stopping = listener.stopping();
            if (optimizer.steps() % checkpointEvery == 0 || optimizer.steps() == until || stopping) {
                Checkpoint.write(folder, trained, optimizer);
                listener.saved(optimizer.steps());
            }
        }
    }
}
