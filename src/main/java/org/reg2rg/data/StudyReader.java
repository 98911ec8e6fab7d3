package org.reg2rg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/**
 * From the files of a study to what a model reads.
 *
 * @param spec sizes that the model reads
 * @param grid on which it has learned
 * @param choice which grid to use
 */
public record StudyReader(InputSpec spec, ModelGrid grid, ModelGrid.Choice choice) {
    /**
     * A study that was read.
     *
     * @param input with the regions in the order of {@link Region}
     * @param leftOut regions whose masks could not be used, with the reason
     */
    public record Read(StudyFiles files, StudyInput input, List<LeftOut> leftOut) {
        public Read {
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Reads and preprocesses a study; a mask that cannot be read costs its region only.
     *
     * @param wanted regions to read; those without a mask file are passed over
     * @throws InputException if the volume cannot be read or no region is left
     */
    public Read read(StudyFiles study, Collection<Region> wanted) throws IOException {
        return read(study, wanted, UnaryOperator.identity());
    }

    /**
     * Reads the whole volume of a study alone.
     *
     * @return values in [−1, 1], as {@link StudyInput#global()}
     * @throws InputException if the volume cannot be read or shows nothing
     */
    public float[] global(StudyFiles study) throws IOException {
        String subject = study.ct().toString();
        CtVolume ct = CtLoader.load(study.ct()).volume();
        var placed = grid.place(subject, ct, new RegionMasks(new LinkedHashMap<>(), Map.of()), choice);
        return new StudyPreprocessor(spec).global(subject, placed.ct());
    }

    /** As {@link #read(StudyFiles, Collection)}, with another volume in the place of the CT, on its grid. */
    public Read read(StudyFiles study, Collection<Region> wanted, UnaryOperator<CtVolume> instead) throws IOException {
        CtVolume ct = CtLoader.load(study.ct()).volume();
        var masks = new LinkedHashMap<Region, RegionMask>();
        var leftOut = new ArrayList<LeftOut>();
        for (Map.Entry<Region, Path> mask : study.masks().entrySet()) {
            if (wanted.contains(mask.getKey())) {
                try {
                    RegionMasks one = MaskLoader.load(mask.getValue(), ct.grid(), MaskLoader.Options.NONE);
                    masks.put(mask.getKey(), Objects.requireNonNull(one.masks().get(mask.getKey())));
                } catch (InputException e) {
                    leftOut.add(LeftOut.region(study.name(), mask.getKey(), String.valueOf(e.getMessage())));
                }
            }
        }
        ModelGrid.Placed placed =
                grid.place(study.ct().toString(), instead.apply(ct), new RegionMasks(masks, Map.of()), choice);
        StudyInput input = new StudyPreprocessor(spec).apply(study.ct().toString(), placed.ct(), placed.masks());
        input.dropped().forEach((region, reason) -> leftOut.add(LeftOut.region(study.name(), region, reason)));
        return new Read(study, input, leftOut);
    }
}
