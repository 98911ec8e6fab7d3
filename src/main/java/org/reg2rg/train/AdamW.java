package org.reg2rg.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter), as torch computes it. A weight that is not float32 has a
 * float32 master copy, to which small steps add up; the weight follows it. Its state can be taken out and put back, so that a
 * resumed run equals a straight one bit for bit.
 */
public final class AdamW implements Optimizer {
    /** Decay of the two moments, and the term that keeps the division finite. */
    public record Moments(double beta1, double beta2, double epsilon) {
        /** Of the published run. */
        public static final Moments PUBLISHED = new Moments(0.9, 0.999, 1e-8);

        /** For small networks that learn from nothing, whose gradients change fast. */
        public static final Moments FROM_NOTHING = new Moments(0.9, 0.98, 1e-8);
    }

    private record Slot(TrainedTensor trained, Tensor master, Tensor mean, Tensor square) {
        boolean hasMaster() {
            return master != trained.value();
        }
    }

    /** Before the name of a weight: its master in {@link #state}. */
    static final String MASTER = "master.";

    /** PyTorch's, in clipping. */
    private static final double KEEPS_DIVISION_FINITE = 1e-6;

    private final Moments moments;
    private final List<Slot> slots = new ArrayList<>();
    private long steps;

    /** @param trained in an order that never changes, for the sake of the state */
    public AdamW(List<TrainedTensor> trained, Moments moments) {
        this.moments = moments;
        for (TrainedTensor t : trained) {
            slots.add(Scope.outlive(() -> newSlot(t)));
        }
    }

    private static Slot newSlot(TrainedTensor trained) {
        Tensor value = trained.value();
        boolean single = value.scalar_type().intern() == ScalarType.Float;
        Tensor master = single ? value : value.detach().to(ScalarType.Float).clone();
        long[] shape = value.sizes().vec().get();
        return new Slot(
                trained,
                master,
                Tensors.zerosLike(value, ScalarType.Float, shape),
                Tensors.zerosLike(value, ScalarType.Float, shape));
    }

    @Override
    public long steps() {
        return steps;
    }

    /** Square of the L2 norm of all gradients together, before any clipping. */
    double squaredGradientNorm() {
        double[] sum = {0};
        Scope.run(() -> {
            for (Slot slot : slots) {
                if (slot.trained.value().grad().defined()) {
                    double norm = gradient(slot).norm().item_double();
                    sum[0] += norm * norm;
                }
            }
        });
        return sum[0];
    }

    /**
     * One step, after which all gradients are zero.
     *
     * @param rate learning rate
     * @param gradientFactor what gradients are multiplied with first: clipping
     */
    public void step(double rate, double gradientFactor) {
        steps++;
        Scope.inference(() -> {
            slots.forEach(slot -> update(slot, rate, gradientFactor));
            return steps;
        });
    }

    @Override
    public double clippedStep(double rate, double clip) {
        double norm = Math.sqrt(squaredGradientNorm());
        step(rate, clipping(norm, clip));
        return norm;
    }

    /** What brings a gradient of this norm to a length of at most {@code clip}. */
    static double clipping(double norm, double clip) {
        return Math.min(1, clip / (norm + KEEPS_DIVISION_FINITE));
    }

    private static Tensor gradient(Slot slot) {
        return slot.trained.value().grad().detach().to(ScalarType.Float);
    }

    private void update(Slot slot, double rate, double gradientFactor) {
        TrainedTensor trained = slot.trained;
        if (!trained.value().grad().defined()) {
            return;
        }
        Tensor gradient = gradient(slot);
        if (gradientFactor != 1) {
            gradient = gradient.mul(new Scalar(gradientFactor));
        }
        double ownRate = rate * trained.rateFactor();
        double firstCorrection = 1 - Math.pow(moments.beta1, steps);
        double secondCorrection = Math.sqrt(1 - Math.pow(moments.beta2, steps));
        if (trained.weightDecay() != 0) {
            slot.master.mul_(new Scalar(1 - ownRate * trained.weightDecay()));
        }
        slot.mean.lerp_(gradient, new Scalar(1 - moments.beta1));
        slot.square.mul_(new Scalar(moments.beta2)).addcmul_(gradient, gradient, new Scalar(1 - moments.beta2));
        Tensor scale = slot.square.sqrt().div_(new Scalar(secondCorrection)).add_(new Scalar(moments.epsilon));
        slot.master.addcdiv_(slot.mean, scale, new Scalar(-ownRate / firstCorrection));
        if (slot.hasMaster()) {
            trained.value().detach().copy_(slot.master);
        }
        trained.value().grad().zero_();
    }

    /** {@code mean.<name>}, {@code square.<name>}, {@code master.<name>} where there is one. */
    @Override
    public Map<String, Tensor> state() {
        var state = new LinkedHashMap<String, Tensor>();
        for (Slot slot : slots) {
            state.put("mean." + slot.trained.name(), slot.mean);
            state.put("square." + slot.trained.name(), slot.square);
            if (slot.hasMaster()) {
                state.put(MASTER + slot.trained.name(), slot.master);
            }
        }
        return state;
    }

    @Override
    public void restore(long stepsMade, Map<String, Tensor> saved) {
        steps = stepsMade;
        Scope.inference(() -> {
            state().forEach((name, tensor) -> {
                Tensor value = saved.get(name);
                if (value == null) {
                    throw new IllegalArgumentException("the optimiser state lacks " + name);
                }
                tensor.copy_(value);
            });
            return steps;
        });
    }
}
