package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.report.GroundedReport.Skipped;
import org.reg2rg.segment.MaskCheck;
import org.reg2rg.segment.MaskChecks;

/**
 * A study as the user gave it: the CT, the masks of the regions that are reported, and what was noticed about both.
 *
 * @param masks in the order of the slots
 * @param shown the same CT and masks where the patient is known to lie: for pictures and checks
 * @param skipped regions that were asked for and have no mask, with the reason
 */
record GivenStudy(
        Path file,
        LoadedCt ct,
        RegionMasks masks,
        Placement shown,
        List<MaskCheck> checks,
        List<Skipped> skipped,
        List<String> warnings) {

    /** Where the masks come from; without a path the CT is segmented. */
    record Masks(Optional<Path> path, MaskLoader.Options options) {}

    /** Which regions fill the slots, in which order; no regions means all that have a mask. */
    record Slots(List<Region> regions, boolean asGiven) {
        private List<Region> order(MaskSource.Given given) {
            var all = new LinkedHashSet<>(given.masks().masks().keySet());
            all.addAll(given.missing().keySet());
            List<Region> wanted = regions.isEmpty() ? List.copyOf(all) : regions;
            return asGiven ? wanted : wanted.stream().sorted().toList();
        }
    }

    /** Reads and checks a study; says on the way what takes long. */
    static GivenStudy read(
            Path path, Optional<String> series, Masks masks, Slots slots, ModelGrid modelGrid, Quiet quiet)
            throws IOException {
        quiet.say("Reading " + path);
        LoadedCt ct = CtLoader.load(path, series, quiet.style());
        MaskSource.Given given = masks.path().isPresent()
                ? MaskSource.files(masks.path().get(), ct, masks.options())
                : MaskSource.segmented(ct, quiet::say);
        var skipped = new ArrayList<Skipped>();
        SequencedMap<Region, RegionMask> chosen = new LinkedHashMap<>();
        for (Region region : slots.order(given)) {
            RegionMask mask = given.masks().masks().get(region);
            if (mask == null) {
                skipped.add(
                        new Skipped(region, given.missing().getOrDefault(region, "there is no mask of this region")));
            } else {
                chosen.put(region, mask);
            }
        }
        var used = new RegionMasks(chosen, given.masks().sources());
        Placement shown = Placement.of(ct.volume(), used, modelGrid);
        List<MaskCheck> checks = MaskChecks.alone(shown.ct(), shown.masks());
        return new GivenStudy(path, ct, used, shown, checks, skipped, given.warnings());
    }

    RegionMask mask(Region region) {
        return Objects.requireNonNull(masks.masks().get(region));
    }

    /** Whether a check found that the report on this region may be wrong because of its mask. */
    boolean isDoubtful(Region region) {
        return doubts().stream().anyMatch(check -> check.regions().contains(region));
    }

    private List<MaskCheck> doubts() {
        return checks.stream()
                .filter(check -> check.severity() != MaskCheck.Severity.NOTE)
                .toList();
    }

    /** All that was noticed, in words. */
    List<String> noticed() {
        var all = new ArrayList<>(ct.warnings());
        all.addAll(warnings);
        all.addAll(shown.warnings());
        doubts().forEach(check -> all.add("Mask: " + check.words()));
        return all;
    }
}
