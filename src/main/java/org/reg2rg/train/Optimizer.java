package org.reg2rg.train;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Moves weights by the gradients that were added up in them. */
interface Optimizer {
    /** Number of steps made. */
    long steps();

    /**
     * One step with the gradient brought to a length of at most {@code clip}, after which all gradients are zero.
     *
     * @param rate learning rate
     * @return L2 norm of the gradient before that
     */
    double clippedStep(double rate, double clip);

    /** The state as named tensors (views), from which a resumed run goes on bit for bit. */
    Map<String, Tensor> state();

    /** Puts a state back that {@link #state} gave, after the weights that belong to it. */
    void restore(long stepsMade, Map<String, Tensor> saved);
}
