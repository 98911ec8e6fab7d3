package org.reg2rg.nn;

import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Tensors;

/**
 * Learned positions along each axis, joined. A grid smaller than the tables takes evenly spread rows: with table length N
 * and n patches, patch a takes row {@code (a + 1)(N / n) − 1}, integer division (upstream position_encoding.py).
 *
 * @param x [Nx, e / 3]
 * @param y [Ny, e / 3]
 * @param z [Nz, e / 3]
 */
public record PositionTables(Tensor x, Tensor y, Tensor z) {
    /** The tables {@code row_embed}, {@code col_embed} and {@code dep_embed}. */
    public static PositionTables of(Weights weights) {
        return new PositionTables(
                weights.get("row_embed.weight"), weights.get("col_embed.weight"), weights.get("dep_embed.weight"));
    }

    /** The positions of a grid of nx · ny · nz patches, z fastest: [nx · ny · nz, e], in float32. */
    public Tensor forward(long nx, long ny, long nz) {
        var alongX = rows(x, nx).reshape(nx, 1, 1, -1).expand(nx, ny, nz, -1);
        var alongY = rows(y, ny).reshape(1, ny, 1, -1).expand(nx, ny, nz, -1);
        var alongZ = rows(z, nz).reshape(1, 1, nz, -1).expand(nx, ny, nz, -1);
        return Tensors.cat(3, alongX, alongY, alongZ).reshape(nx * ny * nz, -1);
    }

    private static Tensor rows(Tensor table, long count) {
        int step = (int) (table.size(0) / count);
        if (step == 0) {
            throw new IllegalArgumentException(
                    count + " patches along an axis, but the table of positions has " + table.size(0) + " rows");
        }
        var index = Tensors.longs(
                IntStream.range(0, (int) count).map(a -> (a + 1) * step - 1).toArray());
        return table.index_select(0, index.to(table.device(), ScalarType.Long)).to(ScalarType.Float);
    }
}
