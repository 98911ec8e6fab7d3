package org.reg2rg.cohort;

import org.reg2rg.cohort.Thorax.Slice;

/**
 * One pass over all voxels that lays down what formulas describe: skin, fat, muscle, breasts, spine, lungs, fat of heart,
 * mediastinum and belly, liver. Everything thinner is drawn over it afterwards.
 */
final class Torso {
    private static final float AIR = -1000;
    private static final float SKIN = 10;
    private static final float FAT = -104;
    private static final float MUSCLE = 50;
    private static final float LIVER = 58;

    private final Canvas canvas;
    private final Thorax thorax;
    private final Spine spine;
    private final double s;
    private final double fat;
    private final int seedI;
    private final int seedJ;
    private final float lungBase;
    private final float glandular;
    private final float liver;

    private float value;
    private Tissue tissue = Tissue.OUTSIDE;

    Torso(Canvas canvas, Thorax thorax, Spine spine, Draw draw) {
        this.canvas = canvas;
        this.thorax = thorax;
        this.spine = spine;
        s = thorax.s;
        fat = thorax.body.habitus().fat();
        seedI = draw.whole(0, 63);
        seedJ = draw.whole(0, 63);
        lungBase = (float) (-868 + 62 * (1 - thorax.body.pose().breath()) + draw.around(0, 10));
        glandular = (float) draw.between(-0.6, 1.4);
        liver = LIVER
                + (float) draw.around(0, 5)
                + (float) (0.45 * thorax.body.scan().contrast());
    }

    void paint() {
        for (int k = 0; k < canvas.nz; k++) {
            Slice q = thorax.slice(canvas.z(k));
            spine.enter(q.z);
            for (int j = 0; j < canvas.ny; j++) {
                for (int i = 0; i < canvas.nx; i++) {
                    voxel(i, j, k, q);
                }
            }
        }
    }

    private void voxel(int i, int j, int k, Slice q) {
        double x = canvas.bodyX(i, j);
        double y = canvas.bodyY(i, j);
        double skin = thorax.underSkin(x, y, q);
        boolean atBreast = y < 0 && Math.abs(q.z + 48 * s) < 56 * s;
        double breast = atBreast ? thorax.breast(x, y, q.z) : -99;
        double depth = Math.max(skin, breast);
        double cover = depth / canvas.blur + 0.5;
        int n = canvas.index(i, j, k);
        if (cover <= 0) {
            canvas.hu[n] = AIR;
            return;
        }
        inside(x, y, q, skin, breast, i, j, k);
        float mixed = cover < 1 ? AIR + (float) cover * (value - AIR) : value;
        canvas.hu[n] = mixed;
        canvas.tissue[n] = cover >= 0.5 ? tissue.code : Tissue.OUTSIDE.code;
    }

    private float grain(Texture texture, int i, int j, int k, double cell) {
        return texture.at(seedI + (int) (i * canvas.dx / cell), seedJ + (int) (j * canvas.dy / cell), (int)
                (k * canvas.dz / cell));
    }

    private void inside(double x, double y, Slice q, double skin, double breast, int i, int j, int k) {
        if (spine.covers(x, y)) {
            value = spine.value + 14 * grain(Texture.GRAIN, i, j, k, 1.2);
            tissue = Tissue.BONE;
            return;
        }
        double cavity = thorax.inCavity(x, y, q);
        if (cavity < -0.5 || q.z > thorax.top + 6 * s) {
            wall(x, y, q, skin, breast, -cavity, i, j, k);
            return;
        }
        double lung = thorax.inLung(x, y, q);
        double cover = lung / canvas.blur + 0.5;
        if (cover < 1) {
            filling(x, y, q, cavity, i, j, k);
            if (cover <= 0) {
                return;
            }
        }
        float air = lung(x, y, q.z, i, j, k);
        value = cover < 1 ? value + (float) cover * (air - value) : air;
        if (cover >= 0.5) {
            tissue = Tissue.LUNG;
        }
    }

    private float lung(double x, double y, double z, int i, int j, int k) {
        double hu = lungBase + 0.42 * y + 12 * grain(Texture.LUMPS, i, j, k, 2) + 16 * grain(Texture.GRAIN, i, j, k, 2);
        double seam = 0.5 + (0.6 - thorax.fissure(x, y, z)) / canvas.blur;
        if (seam > 0) {
            hu += 210 * Math.min(seam, 1) * Math.min(1, 1.1 / canvas.blur);
        }
        return (float) hu;
    }

    /** What fills the cavity beside the lungs. */
    private void filling(double x, double y, Slice q, double cavity, int i, int j, int k) {
        double heart = thorax.heart.depth(x, y, q.z);
        if (heart > -1.5) {
            double rim = 3.2 + 0.08 * fat + 2.6 * grain(Texture.LUMPS, i, j, k, 2);
            double flesh = Math.clamp((heart - rim) / canvas.blur + 0.5, 0, 1);
            value = (float) Thorax.mix(FAT + 14, 46 + 0.35 * thorax.body.scan().contrast(), flesh);
            tissue = Tissue.HEART;
            return;
        }
        double above = thorax.aboveDiaphragm(x, y, q.z);
        if (above < 0) {
            belly(x, y, q.z, -above, cavity, i, j, k);
        } else if (cavity < 3) {
            value = MUSCLE - 8;
            tissue = Tissue.WALL;
        } else {
            value = FAT + 8 + 9 * grain(Texture.GRAIN, i, j, k, 2);
            tissue = q.z > thorax.top ? Tissue.WALL : Tissue.MEDIASTINUM;
        }
    }

    private void belly(double x, double y, double z, double below, double cavity, int i, int j, int k) {
        tissue = Tissue.ABDOMEN;
        if (below < 2.2 || cavity < 3) {
            value = MUSCLE - 4;
            return;
        }
        double edge = (38 - 0.85 * Math.max(0, y / s + 42)) * s;
        double rim = Math.min(edge - x, Math.min(below - 2.2, cavity - 3));
        double hilum = y > 22 * s && x > -34 * s ? -1 : 1;
        if (rim > 0 && hilum > 0 && z > -205 * s) {
            value = liver + 4 * grain(Texture.GRAIN, i, j, k, 2);
        } else {
            value = FAT + 6 * grain(Texture.GRAIN, i, j, k, 2);
        }
    }

    private void wall(double x, double y, Slice q, double skin, double breast, double out, int i, int j, int k) {
        tissue = Tissue.WALL;
        double front = y < q.yBody ? 1 : 0.75;
        double thick = fat * front * (1 + 0.35 * Math.cos(2 * x / q.bodyA));
        if (Math.max(skin, breast) < 1.6) {
            value = SKIN;
        } else if (skin < thick + 1.6) {
            value = FAT + 7 * grain(Texture.GRAIN, i, j, k, 2);
        } else {
            muscle(x, y, q, out, i, j, k);
        }
        if (breast > 0 && skin < thick + 3) {
            tissue = Tissue.BREAST;
            gland(breast, i, j, k);
        }
    }

    private void gland(double breast, int i, int j, int k) {
        boolean female = thorax.body.female();
        double tendency = grain(Texture.LUMPS, i, j, k, 1.5) + glandular + (breast > 9 ? 0.4 : -1.5);
        if (female && breast > 4 && tendency > 0.9) {
            value = 28 + 12 * grain(Texture.GRAIN, i, j, k, 2);
        }
    }

    private void muscle(double x, double y, Slice q, double out, int i, int j, int k) {
        float lumps = grain(Texture.LUMPS, i, j, k, 2);
        double hollow = Thorax.depth(Math.abs(x) - 122 * s, y + 16 * s, 27 * s, 40 * s, 0)
                + 5 * lumps
                - 12 * (1 - Thorax.smooth((q.z - 2 * s) / (26 * s)));
        boolean seam = Math.abs(out - 12.5 - 2 * lumps) < 1.1 && lumps > -0.7;
        boolean cleft = y > q.ySpine && Math.abs(x - q.xSpine) < 2.2 && fat > 8;
        if (hollow > 0 && out > 13 || seam || cleft || lumps > 1.7 - 0.02 * fat) {
            value = FAT + 14 + 10 * grain(Texture.GRAIN, i, j, k, 2);
        } else {
            value = MUSCLE + 5 * grain(Texture.GRAIN, i, j, k, 2);
        }
    }
}
