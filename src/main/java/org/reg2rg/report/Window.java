package org.reg2rg.report;

import org.reg2rg.ct.Region;

/**
 * A display window: which HU values become black and white.
 *
 * @param centre HU shown as middle grey
 * @param width HU from black to white
 */
public record Window(String name, double centre, double width) {
    public static final Window LUNG = new Window("lung window", -600, 1500);
    public static final Window SOFT_TISSUE = new Window("soft-tissue window", 40, 400);
    public static final Window BONE = new Window("bone window", 400, 1800);

    /** The window in which a radiologist looks at this region. */
    public static Window of(Region region) {
        return switch (region) {
            case LUNG, PLEURA, TRACHEA_AND_BRONCHI -> LUNG;
            case BONE -> BONE;
            case ABDOMEN, BREAST, ESOPHAGUS, HEART, MEDIASTINUM, THYROID -> SOFT_TISSUE;
        };
    }

    /** HU → 0 (black) … 255 (white). */
    public int grey(double hu) {
        return (int) Math.round(255 * Math.clamp((hu - centre) / width + 0.5, 0, 1));
    }

    @Override
    public String toString() {
        return name + " (" + Math.round(centre) + "/" + Math.round(width) + " HU)";
    }
}
