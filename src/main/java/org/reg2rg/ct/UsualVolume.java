package org.reg2rg.ct;

/**
 * Generous limits for the part of a region that a chest CT shows, in ml. They hold for children of 12 as for large adults,
 * and catch a wrong unit, a wrong grid or a leak, not a disease.
 */
public record UsualVolume(double least, double most) {
    public static UsualVolume of(Region region) {
        return switch (region) {
            case ABDOMEN -> new UsualVolume(100, 25_000);
            case BONE -> new UsualVolume(150, 8_000);
            case BREAST -> new UsualVolume(10, 6_000);
            case ESOPHAGUS -> new UsualVolume(3, 150);
            case HEART -> new UsualVolume(100, 2_500);
            case LUNG -> new UsualVolume(500, 11_000);
            case MEDIASTINUM -> new UsualVolume(50, 4_000);
            case PLEURA -> new UsualVolume(50, 12_500);
            case THYROID -> new UsualVolume(1, 250);
            case TRACHEA_AND_BRONCHI -> new UsualVolume(8, 400);
        };
    }

    public boolean holds(double millilitres) {
        return millilitres >= least && millilitres <= most;
    }
}
