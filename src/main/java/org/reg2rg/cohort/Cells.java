package org.reg2rg.cohort;

/** A foam of irregular cells (Worley 1996): how far a place is from the wall between the two nearest cells. */
final class Cells {
    private Cells() {}

    /** Distance in mm from the nearest cell wall, for cells about {@code size} mm wide. */
    static double border(double x, double y, double z, double size, int salt) {
        double gx = x / size;
        double gy = y / size;
        double gz = z / size;
        int ix = (int) Math.floor(gx);
        int iy = (int) Math.floor(gy);
        int iz = (int) Math.floor(gz);
        double first = 9;
        double second = 9;
        for (int n = 0; n < 27; n++) {
            int cx = ix + n % 3 - 1;
            int cy = iy + n / 3 % 3 - 1;
            int cz = iz + n / 9 - 1;
            long h = hash(cx, cy, cz, salt);
            double dx = cx + unit(h) - gx;
            double dy = cy + unit(h >>> 20) - gy;
            double dz = cz + unit(h >>> 40) - gz;
            double d = dx * dx + dy * dy + dz * dz;
            if (d < first) {
                second = first;
                first = d;
            } else if (d < second) {
                second = d;
            }
        }
        return 0.5 * (Math.sqrt(second) - Math.sqrt(first)) * size;
    }

    private static long hash(int x, int y, int z, int salt) {
        long h = x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + z * 0x165667B19E3779F9L + salt;
        h = (h ^ (h >>> 31)) * 0xBF58476D1CE4E5B9L;
        return h ^ (h >>> 29);
    }

    /** A number in [0.15, 0.85): centres keep off the borders of their grid cell. */
    private static double unit(long bits) {
        return 0.15 + 0.7 * (bits & 0xFFFFF) / (double) 0x100000;
    }
}
