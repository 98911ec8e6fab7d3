package org.reg2rg.ct.dicom;

/**
 * Fills polygons on a plane of pixels: a pixel belongs to it if its centre lies inside of an odd number of polygons, so
 * that a contour within a contour is a hole. Edges are crossed once each, whatever their number.
 */
final class ContourFill {
    private final int width;
    private final int height;

    /** Whether the parity changes at a pixel, on the way along its row. */
    private final boolean[] changes;

    ContourFill(int width, int height) {
        this.width = width;
        this.height = height;
        this.changes = new boolean[width * height];
    }

    /** Adds a closed polygon, given by its corners in pixels; pixel centres are whole numbers. */
    void add(double[] x, double[] y) {
        for (int n = 0; n < x.length; n++) {
            int next = n + 1 == x.length ? 0 : n + 1;
            edge(x[n], y[n], x[next], y[next]);
        }
    }

    private void edge(double x0, double y0, double x1, double y1) {
        if (y0 > y1) {
            edge(x1, y1, x0, y0);
            return;
        }
        int first = (int) Math.max(0, Math.ceil(y0));
        int end = (int) Math.min(height, Math.ceil(y1)); // the lower end belongs to the next edge
        for (int row = first; row < end; row++) {
            double crossing = x0 + (row - y0) / (y1 - y0) * (x1 - x0);
            int pixel = (int) Math.max(0, Math.ceil(crossing));
            if (pixel < width) {
                changes[row * width + pixel] ^= true;
            }
        }
    }

    /** Whether each pixel is inside, row by row. */
    boolean[] inside() {
        boolean[] inside = new boolean[changes.length];
        for (int row = 0; row < height; row++) {
            boolean in = false;
            for (int i = row * width; i < (row + 1) * width; i++) {
                in ^= changes[i];
                inside[i] = in;
            }
        }
        return inside;
    }
}
