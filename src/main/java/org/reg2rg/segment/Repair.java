package org.reg2rg.segment;

import org.reg2rg.ct.Region;

/** What can be done about a mask. */
public sealed interface Repair {
    /** In words, as it stands in the report. */
    String words();

    /** Nothing is to be done, or nothing can be. */
    record None() implements Repair {
        @Override
        public String words() {
            return "";
        }
    }

    /** All masks are turned round along an array axis (0 to 2). */
    record FlipAll(int axis) implements Repair {
        @Override
        public String words() {
            return "all masks mirrored back along array axis " + (axis + 1);
        }
    }

    /** One mask is turned round along an array axis (0 to 2). */
    record Flip(Region region, int axis) implements Repair {
        @Override
        public String words() {
            return region.datasetName() + " mirrored back along array axis " + (axis + 1);
        }
    }

    /** One mask is moved, in world mm. */
    record Shift(Region region, double right, double front, double up) implements Repair {
        @Override
        public String words() {
            return String.format(
                    java.util.Locale.ROOT,
                    "%s moved by %.0f, %.0f, %.0f mm to the right, front, head",
                    region.datasetName(),
                    right,
                    front,
                    up);
        }
    }

    /** Two masks exchange their names. */
    record Exchange(Region one, Region two) implements Repair {
        @Override
        public String words() {
            return one.datasetName() + " and " + two.datasetName() + " exchanged";
        }
    }

    /** Pieces away from the main part are dropped. */
    record KeepMain(Region region) implements Repair {
        @Override
        public String words() {
            return "pieces of " + region.datasetName() + " away from its main part dropped";
        }
    }

    /** Hollows are filled. */
    record Fill(Region region) implements Repair {
        @Override
        public String words() {
            return "holes of " + region.datasetName() + " filled";
        }
    }

    /** What lies outside the body is cut off. */
    record ClipToBody(Region region) implements Repair {
        @Override
        public String words() {
            return region.datasetName() + " cut at the skin";
        }
    }

    /** What is far from the built-in mask is cut off. */
    record Trim(Region region) implements Repair {
        @Override
        public String words() {
            return region.datasetName() + " cut back to where the CT shows it";
        }
    }

    /** A part that is missing is taken from the built-in mask. */
    record Complete(Region region) implements Repair {
        @Override
        public String words() {
            return "the missing part of " + region.datasetName() + " taken from the built-in mask";
        }
    }

    /** The built-in mask takes its place. */
    record Replace(Region region) implements Repair {
        @Override
        public String words() {
            return region.datasetName() + " replaced by the built-in mask";
        }
    }
}
