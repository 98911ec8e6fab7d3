package org.reg2rg.model;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Local feature decoupling (LFD): the texture of a region is seen at full size without its surroundings, its geometry on
 * the whole volume without its texture.
 */
public record LocalFeatureDecoupling(TextureEncoder texture, GeometryEncoder geometry) {
    /** textures [r, c, X, Y, Z], masks [r, 1, X, Y, Z] → r regions; textures of several sizes go one by one */
    public LocalFeatures forward(Tensor textures, Tensor masks) {
        var shapes = geometry.forward(masks);
        return new LocalFeatures(texture.forward(textures, Optional.of(shapes)), shapes);
    }
}
