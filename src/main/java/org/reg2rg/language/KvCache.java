package org.reg2rg.language;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * Keys and values of all earlier positions, in float32 (see {@link org.reg2rg.nn.Attention}), in memory that is taken once: a step writes its own and looks at a view, so
 * that nothing grows with the text.
 */
public final class KvCache implements AutoCloseable {
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final long capacity;
    private long used;

    /** What a layer sees: all keys and values so far, [b, h, m, k]. */
    record Seen(Tensor keys, Tensor values) {}

    KvCache(LlamaShape shape, long batch, long capacity, Tensor like) {
        this.capacity = capacity;
        for (int layer = 0; layer < shape.layers(); layer++) {
            keys.add(empty(shape, batch, like));
            values.add(empty(shape, batch, like));
        }
    }

    private Tensor empty(LlamaShape shape, long batch, Tensor like) {
        return Scope.outlive(
                () -> Tensors.zerosLike(like, ScalarType.Float, batch, shape.heads(), capacity, shape.headWidth()));
    }

    /** Number of positions that all layers have written. */
    public long used() {
        return used;
    }

    /** Writes the new positions of one layer, [b, h, n, k] each, behind the used ones. */
    Seen append(int layer, Tensor newKeys, Tensor newValues) {
        long count = newKeys.size(2);
        if (used + count > capacity) {
            throw new IllegalStateException(
                    "the cache has " + capacity + " positions, " + (used + count) + " are asked for");
        }
        keys.get(layer).narrow(2, used, count).copy_(newKeys);
        values.get(layer).narrow(2, used, count).copy_(newValues);
        return new Seen(
                keys.get(layer).narrow(2, 0, used + count), values.get(layer).narrow(2, 0, used + count));
    }

    /** Counts positions as used, once all layers have written them. */
    void advance(long count) {
        used += count;
    }

    @Override
    public void close() {
        Scope.free(keys);
        Scope.free(values);
    }
}
