package org.reg2rg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.tensor.Scope;

/**
 * A model on one or several devices that is trained as one. Each device computes the gradients of its share of a step; the
 * gradients of a weight are then added up on the one device that keeps the optimiser's state of this weight, which moves it and
 * hands it to the others: the second stage of ZeRO (Rajbhandari et al., SC 2020), within one process. The order of all sums is
 * fixed, so the same devices give the same bits; more devices round differently.
 */
final class Replicas implements Optimizer {
    /**
     * The model on one device.
     *
     * @param trained its copies of the weights that change, in the same order on every device
     */
    private record Replica(LoadedModel model, List<TrainedTensor> trained, ReferringStep step) {
        static Replica of(LoadedModel loaded, ReferringStep.Settings settings) {
            var weights = TrainedWeights.of(loaded.config(), loaded.weights());
            var model = LoadedModel.of(loaded.config(), weights.all(), loaded.vocabulary(), false);
            return new Replica(model, weights.trained(), new ReferringStep(model.model(), settings));
        }
    }

    private final List<Replica> replicas;

    /** For each weight the replica that keeps its state. */
    private final int[] owners;

    private final List<AdamW> shards;

    /** @param loaded the same model on each device; what is trained is copied, the rest is used where it lies */
    Replicas(List<LoadedModel> loaded, ReferringStep.Settings settings, AdamW.Moments moments) {
        this.replicas = loaded.stream().map(one -> Replica.of(one, settings)).toList();
        this.owners = owners();
        this.shards = IntStream.range(0, replicas.size())
                .mapToObj(replica -> new AdamW(owned(replica), moments))
                .toList();
    }

    /** Weights in their order, each to the replica that has least to keep so far. */
    private int[] owners() {
        List<TrainedTensor> trained = trained();
        long[] kept = new long[replicas.size()];
        int[] chosen = new int[trained.size()];
        for (int i = 0; i < chosen.length; i++) {
            for (int replica = 1; replica < kept.length; replica++) {
                if (kept[replica] < kept[chosen[i]]) {
                    chosen[i] = replica;
                }
            }
            kept[chosen[i]] += trained.get(i).value().numel();
        }
        return chosen;
    }

    private List<TrainedTensor> owned(int replica) {
        return IntStream.range(0, owners.length)
                .filter(i -> owners[i] == replica)
                .mapToObj(replicas.get(replica).trained::get)
                .toList();
    }

    int size() {
        return replicas.size();
    }

    /** The model on the first device; between steps that on the others is the same. */
    LoadedModel model() {
        return replicas.getFirst().model;
    }

    /** The weights of {@link #model} that change. */
    List<TrainedTensor> trained() {
        return replicas.getFirst().trained;
    }

    /** What computes the gradients of a micro-batch on this device. */
    ReferringStep step(int replica) {
        return replicas.get(replica).step;
    }

    /** How many numbers the optimiser of a device keeps the state of. */
    long kept(int replica) {
        return owned(replica).stream().mapToLong(t -> t.value().numel()).sum();
    }

    @Override
    public long steps() {
        return shards.getFirst().steps();
    }

    @Override
    public double clippedStep(double rate, double clip) {
        eachWeight(this::gather);
        double norm = Math.sqrt(
                shards.stream().mapToDouble(AdamW::squaredGradientNorm).sum());
        double factor = AdamW.clipping(norm, clip);
        shards.forEach(shard -> shard.step(rate, factor));
        eachWeight(weight -> hand(weight, owners[weight]));
        return norm;
    }

    private void eachWeight(IntConsumer work) {
        Scope.inference(() -> {
            IntStream.range(0, owners.length).forEach(work);
            return owners.length;
        });
    }

    /** Adds the gradients of a weight up where its state is. */
    private void gather(int weight) {
        Tensor sum = value(owners[weight], weight).grad();
        for (int replica = 0; replica < replicas.size(); replica++) {
            if (replica != owners[weight]) {
                Tensor part = value(replica, weight).grad();
                sum.add_(part.to(sum.device(), sum.scalar_type()));
                part.zero_();
            }
        }
    }

    /** Copies a weight from one replica to the others. */
    private void hand(int weight, int from) {
        for (int replica = 0; replica < replicas.size(); replica++) {
            if (replica != from) {
                value(replica, weight).detach().copy_(value(from, weight).detach());
            }
        }
    }

    private Tensor value(int replica, int weight) {
        return replicas.get(replica).trained.get(weight).value();
    }

    /** The same whatever the number of devices: a run may go on with another. */
    @Override
    public Map<String, Tensor> state() {
        var state = new LinkedHashMap<String, Tensor>();
        shards.forEach(shard -> state.putAll(shard.state()));
        return state;
    }

    @Override
    public void restore(long stepsMade, Map<String, Tensor> saved) {
        eachWeight(weight -> hand(weight, 0));
        shards.forEach(shard -> shard.restore(stepsMade, saved));
    }

    /** Everything that changes, by name, in float32 where a number format of fewer bits only follows it. */
    Map<String, Tensor> learned() {
        Map<String, Tensor> state = state();
        var learned = new LinkedHashMap<String, Tensor>();
        trained().forEach(t -> learned.put(t.name(), state.getOrDefault(AdamW.MASTER + t.name(), t.value())));
        return learned;
    }
}
