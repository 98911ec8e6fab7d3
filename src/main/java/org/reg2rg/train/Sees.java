package org.reg2rg.train;

/** What a model in training is shown of a study. */
public enum Sees {
    /** The whole volume and every region, as published. */
    REGIONS,
    /** The whole volume only: the twin that shows what the regions are worth. */
    GLOBAL;

    /** Whether this crop, 0 being the whole volume, reaches the model. */
    boolean shows(int crop) {
        return this == REGIONS || crop == 0;
    }
}
