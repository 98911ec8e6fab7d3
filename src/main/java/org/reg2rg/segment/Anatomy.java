package org.reg2rg.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * Finds the landmarks of a chest, in the order in which one leads to the next: body, trachea, spine, lungs, bone,
 * diaphragm, carina.
 *
 * @param chest all of them on the work grid
 * @param airways the bronchial tree on its fine grid, if there is one in view
 */
record Anatomy(Chest chest, Optional<Airways> airways) {
    /** Fine enough for every region but the airways, which have a grid of their own. */
    private static final double WORK_MM = 2.5;
    /** Between the division of the trachea and the top of the diaphragm in a full breath. */
    private static final double CARINA_ABOVE_DOME_MM = 105;

    private static final double CARINA_IN_LUNG = 0.6;

    /** Empty if there is no body or no lung in the scan. */
    static Optional<Anatomy> find(CtVolume ct) {
        WorkVolume whole = WorkVolume.of(ct, WORK_MM);
        VoxelSet bodyThere = Body.find(whole);
        if (bodyThere.isEmpty()) {
            return Optional.empty();
        }
        Box box = Box.around(bodyThere, 2 * WORK_MM);
        WorkVolume work = whole.cut(box);
        VoxelSet body = box.cut(bodyThere);
        Spine spine = Spine.find(work, body);
        double middle = Arrays.stream(spine.x()).average().orElse(work.size().x() / 2.0);
        Trachea trachea = Trachea.find(work, body);
        Optional<Airways> airways = grow(ct, work, trachea);
        VoxelSet tree = tree(work, airways);
        Lungs lungs = Lungs.find(work, body, tree, middle);
        if (trachea.found() && !aboveLungs(trachea, lungs)) {
            trachea = new Trachea(List.of());
            airways = Optional.empty();
            tree = work.none();
            lungs = Lungs.find(work, body, tree, middle);
        }
        if (lungs.both().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Anatomy(chest(work, body, new Tree(trachea, airways, tree), lungs, spine), airways));
    }

    /** What is known of the airways. */
    private record Tree(Trachea trachea, Optional<Airways> airways, VoxelSet onWorkGrid) {}

    private static Chest chest(WorkVolume work, VoxelSet body, Tree tree, Lungs lungs, Spine spine) {
        Chest.View view = Chest.View.of(lungs);
        VoxelSet bone = Skeleton.find(work, body, lungs, spine);
        Diaphragm diaphragm = Diaphragm.find(work, lungs);
        double carina = tree.airways()
                .map(a -> work.index(2, a.carina()[2]))
                .orElseGet(() -> diaphragm.found()
                        ? diaphragm.top() + CARINA_ABOVE_DOME_MM / WORK_MM
                        : view.base() + CARINA_IN_LUNG * (view.apex() - view.base()));
        return new Chest(
                work,
                work.smoothed(),
                body,
                tree.onWorkGrid(),
                tree.trachea(),
                lungs,
                spine,
                bone,
                diaphragm,
                carina,
                view);
    }

    private static Optional<Airways> grow(CtVolume ct, WorkVolume work, Trachea trachea) {
        return trachea.found() ? Optional.of(Airways.grow(ct, work, trachea)) : Optional.empty();
    }

    private static VoxelSet tree(WorkVolume work, Optional<Airways> airways) {
        return airways.map(a -> work.take(a.fine(), a.tree())).orElse(work.none());
    }

    /** A tube of gas below the middle of the lungs is bowel. */
    private static boolean aboveLungs(Trachea trachea, Lungs lungs) {
        int middle = trachea.points().size() / 2;
        return lungs.both().isEmpty()
                || trachea.points().get(middle)[2] > lungs.both().centre()[2];
    }
}
