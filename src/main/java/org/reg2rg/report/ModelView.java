package org.reg2rg.report;

import org.reg2rg.ct.GridSize;

/**
 * What the model saw of a region: the normalised input volume, on the axes L, P, S that the model learned.
 *
 * @param size voxels along the three axes
 * @param values in [-1, 1], row-major [x, y, z] (z contiguous)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ModelView(GridSize size, float[] values) {
    private static final int TILES = 8;
    private static final int TILE_PIXELS = 128;

    /** A strip of eight axial slices from the top to the bottom of the input, as JPEG. */
    public byte[] strip() {
        int columns = TILES * TILE_PIXELS;
        byte[] grey = new byte[columns * TILE_PIXELS];
        for (int tile = 0; tile < TILES; tile++) {
            int z = size.z() - 1 - (int) ((tile + 0.5) * size.z() / TILES);
            for (int r = 0; r < TILE_PIXELS; r++) {
                for (int c = 0; c < TILE_PIXELS; c++) {
                    grey[r * columns + tile * TILE_PIXELS + c] = (byte) Math.round(127.5 * (1 + pixel(c, r, z)));
                }
            }
        }
        return Jpeg.encode(grey, columns, TILE_PIXELS);
    }

    public int stripColumns() {
        return TILES * TILE_PIXELS;
    }

    public int stripRows() {
        return TILE_PIXELS;
    }

    /** Mean of the input voxels under one pixel. */
    private double pixel(int c, int r, int z) {
        int x0 = c * size.x() / TILE_PIXELS;
        int x1 = Math.max(x0 + 1, (c + 1) * size.x() / TILE_PIXELS);
        int y0 = r * size.y() / TILE_PIXELS;
        int y1 = Math.max(y0 + 1, (r + 1) * size.y() / TILE_PIXELS);
        double sum = 0;
        for (int x = x0; x < x1; x++) {
            for (int y = y0; y < y1; y++) {
                sum += values[(x * size.y() + y) * size.z() + z];
            }
        }
        return sum / ((x1 - x0) * (y1 - y0));
    }
}
