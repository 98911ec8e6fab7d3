package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * What every region is found with: the scan and the landmarks of this patient.
 *
 * @param ct the scan on the work grid, cut to the body
 * @param smooth the same, less noisy
 * @param airways the bronchial tree on the work grid; empty if the trachea was not found
 * @param carina slice of the division of the trachea; estimated from the lungs where it was not seen
 * @param view which ends of the chest the scan shows
 */
record Chest(
        WorkVolume ct,
        WorkVolume smooth,
        VoxelSet body,
        VoxelSet airways,
        Trachea trachea,
        Lungs lungs,
        Spine spine,
        VoxelSet bone,
        Diaphragm diaphragm,
        double carina,
        View view) {

    /**
     * Which part of the chest the scan shows.
     *
     * @param apex highest slice of the lungs
     * @param base lowest slice of the lungs
     * @param apexSeen whether the scan goes on above the lungs
     * @param baseSeen whether the scan goes on below the lungs
     */
    record View(int apex, int base, boolean apexSeen, boolean baseSeen) {
        static View of(Lungs lungs) {
            Box box = Box.of(lungs.both());
            int top = lungs.both().size().z();
            return new View(box.to()[2] - 1, box.from()[2], box.to()[2] < top - 1, box.from()[2] > 1);
        }
    }

    GridSize size() {
        return ct.size();
    }

    double mm() {
        return ct.mm();
    }

    /** Index on axis 0 of a voxel. */
    int i(int n) {
        return n % size().x();
    }

    int j(int n) {
        return n / size().x() % size().y();
    }

    int k(int n) {
        return n / (size().x() * size().y());
    }

    /** Millimetres to the patient's right of the spine's midline. */
    double besideSpine(int n) {
        return (i(n) - spine.x()[k(n)]) * mm();
    }

    /** Millimetres before the front edge of the vertebral bodies. */
    double beforeSpine(int n) {
        return (j(n) - spine.front()[k(n)]) * mm();
    }

    /** Millimetres above the diaphragm; positive everywhere if the diaphragm is below the scan. */
    double aboveDiaphragm(int n) {
        return diaphragm.found() ? (k(n) - diaphragm.at(i(n), j(n), size())) * mm() : 1000;
    }

    /** Millimetres above the carina. */
    double aboveCarina(int n) {
        return (k(n) - carina) * mm();
    }
}
