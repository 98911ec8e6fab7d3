package org.reg2rg.ct.dicom;

import java.util.OptionalDouble;

/**
 * One plane of a CT: a whole file, or a frame of a file with many.
 *
 * @param origin where its pixels are
 * @param plane where it lies
 * @param format how it is stored
 * @param rescale what the numbers mean
 * @param traits what tells apart slices of one series that do not belong together
 * @param thicknessMm of the slice; 0 where the file does not say
 */
record Slice(Origin origin, Plane plane, PixelFormat format, Rescale rescale, Traits traits, double thicknessMm) {
    /**
     * @param source the file
     * @param frame which of its frames
     * @param frames how many it has
     * @param instance SOP Instance UID
     */
    record Origin(ByteSource source, int frame, int frames, String instance) {}

    /**
     * @param acquisition its number, or 0
     * @param time temporal position, or 0
     * @param localizer whether the image says that it is a scout
     * @param frameOfReference UID of the coordinate system
     * @param spacingBetweenMm as the file states it, if it does; only for a slice that is alone
     */
    record Traits(
            int acquisition, int time, boolean localizer, String frameOfReference, OptionalDouble spacingBetweenMm) {
        boolean sameMoment(Traits other) {
            return acquisition == other.acquisition && time == other.time;
        }
    }

    boolean fits(Slice other) {
        return format.rows() == other.format.rows()
                && format.columns() == other.format.columns()
                && traits.frameOfReference.equals(other.traits.frameOfReference)
                && plane.sameFrame(other.plane);
    }
}
