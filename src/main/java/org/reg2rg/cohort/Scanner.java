package org.reg2rg.cohort;

/** What the scanner adds: the table, the reconstruction kernel, noise, the round field of view, whole HU numbers. */
final class Scanner {
    private static final float PADDING = -1024;
    private static final float LOWEST = -1024;
    private static final float HIGHEST = 3071;

    private final Canvas canvas;
    private final Body.Scan scan;
    private final Draw draw;

    Scanner(Canvas canvas, Body.Scan scan, Draw draw) {
        this.canvas = canvas;
        this.scan = scan;
        this.draw = draw;
    }

    void finish(double tableY) {
        table(tableY);
        kernel((float) scan.kernel());
        noise();
        if (scan.roundField()) {
            round();
        }
    }

    /** The table's shell, a shallow arc under the back; only where there is air. */
    private void table(double tableY) {
        for (int k = 0; k < canvas.nz; k++) {
            for (int j = 0; j < canvas.ny; j++) {
                for (int i = 0; i < canvas.nx; i++) {
                    int n = canvas.index(i, j, k);
                    if (canvas.tissue[n] == Tissue.OUTSIDE.code && canvas.hu[n] < -950) {
                        double sx = (i - (canvas.nx - 1) / 2.0) * canvas.dx;
                        double sy = (j - (canvas.ny - 1) / 2.0) * canvas.dy;
                        double d = Math.abs(sy - tableY + sx * sx / 900) - 1;
                        double cover = 0.5 - d / canvas.blur;
                        if (cover > 0 && Math.abs(sx) < 200) {
                            canvas.hu[n] += (float) (Math.min(cover, 1) * 620);
                        }
                    }
                }
            }
        }
    }

    /** A 3-tap filter along the rows and columns of each slice. */
    private void kernel(float side) {
        float middle = 1 - 2 * side;
        int nx = canvas.nx;
        int ny = canvas.ny;
        float[] hu = canvas.hu;
        float[] line = new float[Math.max(nx, ny)];
        for (int k = 0; k < canvas.nz; k++) {
            int base = nx * ny * k;
            for (int j = 0; j < ny; j++) {
                filter(hu, base + nx * j, 1, nx, line, middle, side);
            }
            for (int i = 0; i < nx; i++) {
                filter(hu, base + i, nx, ny, line, middle, side);
            }
        }
    }

    @SuppressWarnings("TooManyParameters")
    private static void filter(float[] hu, int start, int step, int count, float[] line, float middle, float side) {
        for (int n = 0; n < count; n++) {
            line[n] = hu[start + n * step];
        }
        for (int n = 1; n < count - 1; n++) {
            hu[start + n * step] = middle * line[n] + side * (line[n - 1] + line[n + 1]);
        }
    }

    /** Noise grows towards the middle of the body, where fewer photons arrive, and is finer for sharp kernels. */
    private void noise() {
        int oi = draw.whole(0, 63);
        int oj = draw.whole(0, 63);
        int ok = draw.whole(0, 63);
        Texture texture = Texture.NOISE;
        float strong = (float) scan.noise();
        for (int k = 0; k < canvas.nz; k++) {
            for (int j = 0; j < canvas.ny; j++) {
                float fy = (j - canvas.ny / 2f) / (0.55f * canvas.ny);
                for (int i = 0; i < canvas.nx; i++) {
                    float fx = (i - canvas.nx / 2f) / (0.55f * canvas.nx);
                    float local = strong * (1.15f - 0.6f * Math.min(1, fx * fx + fy * fy));
                    // two reads from far corners hide the texture's repetition
                    float grain = 0.8f * texture.at(i + oi, j + oj, k + ok)
                            + 0.6f * texture.at(ok - j + 7 * k, oi + i + (j >> 6) * 17, oj + k + (i >> 6) * 29);
                    int n = canvas.index(i, j, k);
                    float v = canvas.hu[n] + local * grain;
                    canvas.hu[n] = Math.clamp(Math.round(v), (int) LOWEST, (int) HIGHEST);
                }
            }
        }
    }

    private void round() {
        double r2 = Math.pow(0.5 * Math.min(canvas.nx * canvas.dx, canvas.ny * canvas.dy), 2);
        for (int j = 0; j < canvas.ny; j++) {
            for (int i = 0; i < canvas.nx; i++) {
                double sx = (i - (canvas.nx - 1) / 2.0) * canvas.dx;
                double sy = (j - (canvas.ny - 1) / 2.0) * canvas.dy;
                if (sx * sx + sy * sy > r2) {
                    for (int k = 0; k < canvas.nz; k++) {
                        canvas.hu[canvas.index(i, j, k)] = PADDING;
                        canvas.tissue[canvas.index(i, j, k)] = Tissue.OUTSIDE.code;
                    }
                }
            }
        }
    }
}
