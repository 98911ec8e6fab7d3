package org.reg2rg.model;

import org.reg2rg.nn.FindingHeads;

/**
 * Numbers of the heads that answer which findings a volume shows ({@link FindingHeads}).
 *
 * @param width hidden numbers
 * @param views numbers that each finding's own look at its strongest cells comes to
 * @param sizes classes of the size of the largest nodule
 */
public record FindingHeadsConfig(int width, int views, int sizes) {
    public FindingHeadsConfig {
        Checks.positive("width", width);
        Checks.positive("views", views);
        Checks.positive("sizes", sizes);
    }
}
