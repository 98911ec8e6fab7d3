package org.reg2rg.train;

import org.reg2rg.ct.Region;

/**
 * What training lets the model say of a region.
 *
 * @param region which
 * @param text its report; may be empty
 * @param weight of its tokens in the loss; 1 as published
 */
public record RegionText(Region region, String text, float weight) {
    public RegionText {
        if (!(weight > 0)) {
            throw new IllegalArgumentException("the weight of a text must be above 0, got " + weight);
        }
    }

    /** A text that weighs as published. */
    public RegionText(Region region, String text) {
        this(region, text, 1);
    }
}
