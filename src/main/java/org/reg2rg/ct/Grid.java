package org.reg2rg.ct;

/** Where the voxels of an array lie in the patient. */
public record Grid(GridSize size, Affine toWorld) {
    /** Spacing along the three array axes in mm. */
    public double[] spacing() {
        return new double[] {toWorld.spacing(0), toWorld.spacing(1), toWorld.spacing(2)};
    }

    /** Volume of one voxel in ml. */
    public double voxelMillilitres() {
        Affine a = toWorld;
        double determinant = a.at(0, 0) * (a.at(1, 1) * a.at(2, 2) - a.at(1, 2) * a.at(2, 1))
                - a.at(0, 1) * (a.at(1, 0) * a.at(2, 2) - a.at(1, 2) * a.at(2, 0))
                + a.at(0, 2) * (a.at(1, 0) * a.at(2, 1) - a.at(1, 1) * a.at(2, 0));
        return Math.abs(determinant) / 1000;
    }
}
