package org.reg2rg.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Region;
import org.reg2rg.label.RuleLabeller;
import org.reg2rg.report.Finding;

/** Truth, voxels and sentences agree, over a hundred studies of one seed. */
class FindingsTest {
    private static final PhantomSize SIZE = PhantomSize.parse("size", "112x112x72@2.9x2.9x4");
    private static final int STUDIES = 70;
    private static final Map<FindingType, List<Drawn>> DRAWN = new EnumMap<>(FindingType.class);
    private static final List<Told> TOLD = new ArrayList<>();

    /** A finding and what its voxels hold. */
    private record Drawn(TrueFinding finding, double meanHu, double millilitres, boolean centreInside) {}

    /** The words of a study and what is true of it. */
    private record Told(PhantomStudy study, String report) {}

    @BeforeAll
    static void draw() {
        IntStream.range(0, STUDIES).forEach(n -> {
            PhantomStudy study = Phantom.generate(3, n, SIZE);
            for (TrueFinding f : study.findings()) {
                DRAWN.computeIfAbsent(f.type(), _ -> new ArrayList<>()).add(measure(study, f));
            }
            String report = String.join(
                    " ", study.report().keySet().stream().map(study::text).toList());
            var light = new PhantomStudy(
                    study.name(), study.volume(), study.masks(), study.findings(), study.report(), study.body());
            TOLD.add(new Told(n < 8 ? light : withoutVoxels(light), report));
        });
    }

    private static PhantomStudy withoutVoxels(PhantomStudy s) {
        // the volumes of a hundred studies would fill the test's memory
        return new PhantomStudy(
                s.name(), TOLD.getFirst().study().volume(), s.masks(), s.findings(), s.report(), s.body());
    }

    private static Drawn measure(PhantomStudy study, TrueFinding f) {
        double sum = 0;
        Bits bits = f.voxels();
        for (int n = bits.nextSet(0); n >= 0; n = bits.nextSet(n + 1)) {
            sum += study.volume().hu()[n];
        }
        double millilitres = bits.count() * study.volume().grid().voxelMillilitres();
        return new Drawn(f, sum / bits.count(), millilitres, near(study, f));
    }

    private static boolean near(PhantomStudy study, TrueFinding f) {
        var a = study.volume().grid().toWorld();
        var size = study.volume().size();
        int i = (int) Math.round((f.centreMm()[0] - a.at(0, 3)) / a.at(0, 0));
        int j = (int) Math.round((f.centreMm()[1] - a.at(1, 3)) / a.at(1, 1));
        int k = (int) Math.round((f.centreMm()[2] - a.at(2, 3)) / a.at(2, 2));
        for (int n = 0; n < 27; n++) {
            int x = i + n % 3 - 1;
            int y = j + n / 3 % 3 - 1;
            int z = k + n / 9 - 1;
            boolean within = x >= 0 && y >= 0 && z >= 0 && x < size.x() && y < size.y() && z < size.z();
            if (within && f.voxels().get(size.index(x, y, z))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void everyLabelOccurs() {
        assertThat(DRAWN.keySet()).containsAll(FindingType.labels());
    }

    @Test
    void findingsHoldTheHounsfieldValuesThatTheyClaim() {
        between(FindingType.MEDICAL_MATERIAL, 500, 3071);
        between(FindingType.ARTERIAL_WALL_CALCIFICATION, 300, 1000);
        between(FindingType.CORONARY_ARTERY_WALL_CALCIFICATION, 300, 1000);
        between(FindingType.PERICARDIAL_EFFUSION, -80, 20);
        between(FindingType.PLEURAL_EFFUSION, -80, 25);
        between(FindingType.LYMPHADENOPATHY, -90, 120);
        between(FindingType.EMPHYSEMA, -1024, -820);
        between(FindingType.ATELECTASIS, -250, 60);
        between(FindingType.CONSOLIDATION, -150, 60);
        between(FindingType.LUNG_OPACITY, -640, -200);
        between(FindingType.MOSAIC_ATTENUATION_PATTERN, -800, -500);
        between(FindingType.INTERLOBULAR_SEPTAL_THICKENING, -640, -250);
        between(FindingType.PERIBRONCHIAL_THICKENING, -600, -100);
        between(FindingType.BRONCHIECTASIS, -750, -350);
        between(FindingType.PULMONARY_FIBROTIC_SEQUELA, -400, 60);
        between(FindingType.LUNG_NODULE, -700, 620);
        between(FindingType.LIVER_LESION, -15, 45);
        between(FindingType.THYROID_NODULE, 0, 75);
        between(FindingType.ESOPHAGEAL_WALL_THICKENING, -30, 60);
    }

    private static void between(FindingType type, double low, double high) {
        assertThat(DRAWN.getOrDefault(type, List.of()))
                .as(type.title())
                .isNotEmpty()
                .allSatisfy(d -> assertThat(d.meanHu()).as(d.finding().kind()).isBetween(low, high));
    }

    @Test
    void nodulesAreAsLargeAsStated() {
        for (Drawn d : DRAWN.getOrDefault(FindingType.LUNG_NODULE, List.of())) {
            if (d.finding().count() == 1 && d.finding().sizeMm() >= 12) {
                double diameter = Math.cbrt(6000 * d.millilitres() / Math.PI);
                assertThat(diameter)
                        .isBetween(
                                0.75 * d.finding().sizeMm(), 1.25 * d.finding().sizeMm());
            }
        }
    }

    @Test
    void centresLieOnTheFinding() {
        for (FindingType type : List.of(
                FindingType.LUNG_NODULE,
                FindingType.LYMPHADENOPATHY,
                FindingType.HIATAL_HERNIA,
                FindingType.LIVER_LESION,
                FindingType.THYROID_NODULE,
                FindingType.CARDIOMEGALY)) {
            assertThat(DRAWN.getOrDefault(type, List.of())).allMatch(Drawn::centreInside, type.title());
        }
    }

    @Test
    void labelBitsAreTheUnionOfTheFindings() {
        PhantomStudy study = TOLD.get(1).study();
        int[] bits = study.labelBits();
        for (TrueFinding f : study.findings()) {
            f.type().label().ifPresent(label -> {
                int first = f.voxels().nextSet(0);
                assertThat(bits[first] >>> label.ordinal() & 1).isOne();
            });
        }
    }

    @Test
    void everyFindingIsStatedInItsRegionAndNothingElseIs() {
        for (Told told : TOLD) {
            for (Region region : Region.values()) {
                var stated = told.study().report().getOrDefault(region, List.of()).stream()
                        .flatMap(s -> s.states().stream())
                        .distinct()
                        .toList();
                var wrong = told.study().findings().stream()
                        .filter(f -> f.region() == region)
                        .map(TrueFinding::type)
                        .toList();
                assertThat(stated).containsAll(wrong);
                assertThat(told.study().labels(region))
                        .containsAll(stated.stream()
                                .filter(t -> t.ordinal() < FindingType.LABELS)
                                .toList());
            }
        }
    }

    @Test
    void labellerReadsTheTruthOutOfTheReports() {
        var labeller = new RuleLabeller();
        int right = 0;
        for (Told told : TOLD) {
            var labels = labeller.read(told.report());
            for (Finding finding : Finding.values()) {
                boolean truth = told.study().labels().contains(FindingType.valueOf(finding.name()));
                right += labels.has(finding) == truth ? 1 : 0;
            }
        }
        assertThat(right / (double) (STUDIES * FindingType.LABELS)).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void labelsAreSpeltAsPublished() {
        assertThat(FindingType.labels().stream().map(FindingType::title)).isEqualTo(Finding.labels());
    }

    @Test
    void grammarStaysSmallEnoughForASmallDecoder() {
        long words = Grammar.SHIPPED.lines().stream()
                .flatMap(line -> List.of(line.toLowerCase(java.util.Locale.ROOT).split("[^a-z-]+", -1)).stream())
                .distinct()
                .count();
        assertThat(words).isBetween(200L, 500L);
    }
}
