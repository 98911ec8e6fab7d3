package org.reg2rg.cohort;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/**
 * One synthetic study with everything that is true of it.
 *
 * @param volume HU, whole numbers, with its true affine
 * @param masks all ten regions, binary; one that the scan does not reach is empty
 * @param findings what is there, in the order of {@link FindingType}
 * @param report the sentences of each region that is reported, in the order of {@link Region}; a region without
 *     findings may go unreported
 * @param body the person and the scan
 */
public record PhantomStudy(
        StudyName name,
        CtVolume volume,
        RegionMasks masks,
        List<TrueFinding> findings,
        SequencedMap<Region, List<Statement>> report,
        Body body) {
    public PhantomStudy {
        findings = List.copyOf(findings);
        report = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(report));
    }

    /** The mask of a region; every study has all ten. */
    public RegionMask mask(Region region) {
        return Objects.requireNonNull(masks.masks().get(region));
    }

    /** The text of a region; empty if it goes unreported. */
    public String text(Region region) {
        return Statement.join(report.getOrDefault(region, List.of()));
    }

    /** Which of the 18 labels are true of the whole study. */
    public Set<FindingType> labels() {
        return labels(findings);
    }

    /** Which of the 18 labels the sentences of a region have to state. */
    public Set<FindingType> labels(Region region) {
        return labels(findings.stream().filter(f -> f.region() == region).toList());
    }

    private static Set<FindingType> labels(List<TrueFinding> findings) {
        var labels = EnumSet.noneOf(FindingType.class);
        findings.forEach(f -> f.type().label().ifPresent(labels::add));
        return labels;
    }

    /** Diameter in mm of the largest lung nodule; 0 if there is none. */
    public double noduleMm() {
        return findings.stream()
                .filter(f -> f.type() == FindingType.LUNG_NODULE)
                .mapToDouble(TrueFinding::sizeMm)
                .max()
                .orElse(0);
    }

    /** Whether its lung nodules are subsolid; all of a study are of one kind. */
    public boolean hasSubsolidNodule() {
        return findings.stream()
                .anyMatch(f -> f.type() == FindingType.LUNG_NODULE && f.kind().equals(FocalLung.SUBSOLID));
    }

    /**
     * For every voxel the labels that cover it: bit n is set where label n of {@link FindingType#labels()} is drawn.
     * For dense supervision; NIfTI order.
     */
    public int[] labelBits() {
        int[] bits = new int[volume.hu().length];
        for (TrueFinding finding : findings) {
            finding.type().label().ifPresent(label -> {
                Bits voxels = finding.voxels();
                int bit = 1 << label.ordinal();
                for (int n = voxels.nextSet(0); n >= 0; n = voxels.nextSet(n + 1)) {
                    bits[n] |= bit;
                }
            });
        }
        return bits;
    }
}
