package org.reg2rg.ct.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.reg2rg.core.InputException;

/**
 * Finds the slices of a series that make one volume: of one size and direction, one time point, one per place. What
 * cannot be told apart safely is refused, in words for the person who can send the series again.
 */
final class StackBuilder {
    /** So many strays (scouts, dose pictures) may hide in a series. */
    private static final double MOST_STRAYS = 0.2;

    private static final double SAME_PLACE_MM = 0.01;

    private final Series series;
    private final String subject;
    private final List<String> notes = new ArrayList<>();

    private StackBuilder(Series series, String subject) {
        this.series = series;
        this.subject = subject;
    }

    /**
     * Orders and checks the slices.
     *
     * @param subject the path, for errors
     * @throws InputException if they make no single volume
     */
    static Stack build(Series series, String subject) {
        return new StackBuilder(series, subject).build();
    }

    private Stack build() {
        List<Slice> images = series.slices().stream()
                .filter(slice -> !slice.traits().localizer())
                .toList();
        if (images.isEmpty()) {
            boolean scouts = !series.slices().isEmpty();
            throw refuse(
                    scouts ? "only scout images (localizers)" : String.join("; ", series.problems()),
                    "choose another series");
        }
        if (!series.problems().isEmpty()) {
            notes.addAll(series.problems());
        }
        List<Slice> frame = ofOneFrame(images);
        double[] normal = frame.getFirst().plane().normal();
        List<Slice> sorted = new ArrayList<>(frame);
        sorted.sort(Comparator.comparingDouble((Slice s) -> s.plane().along(normal))
                .thenComparingInt(s -> s.traits().acquisition())
                .thenComparingInt(s -> s.traits().time())
                .thenComparing(s -> s.origin().source().name())
                .thenComparingInt(s -> s.origin().frame()));
        sorted = withoutCopies(sorted);
        sorted = ofOneMoment(sorted, normal);
        int doubled = doubledPlaces(sorted, normal);
        if (doubled > 0) {
            throw refuse(
                    doubled + " places are filled by more than one image"
                            + " (several time points or reconstructions in one series)",
                    "export one of them as a series of its own");
        }
        return new StackLayout(subject, sorted, normal, notes).layout();
    }

    /** The slices that share size, spacing, directions and frame of reference with most others. */
    private List<Slice> ofOneFrame(List<Slice> images) {
        List<List<Slice>> groups = new ArrayList<>();
        for (Slice slice : images) {
            List<Slice> home = null;
            for (List<Slice> group : groups) {
                if (group.getFirst().fits(slice)) {
                    home = group;
                    break;
                }
            }
            if (home == null) {
                home = new ArrayList<>();
                groups.add(home);
            }
            home.add(slice);
        }
        groups.sort(Comparator.comparingInt((List<Slice> g) -> -g.size()));
        List<Slice> largest = groups.getFirst();
        int strays = images.size() - largest.size();
        if (strays > MOST_STRAYS * images.size()) {
            throw refuse(
                    "the series mixes images that make no single volume: " + describe(groups),
                    "export them as separate series");
        }
        if (strays > 0) {
            notes.add(strays + " images of another size or direction were left out: " + describe(groups));
        }
        return largest;
    }

    private static String describe(List<List<Slice>> groups) {
        List<String> texts = new ArrayList<>();
        for (List<Slice> group : groups.subList(0, Math.min(4, groups.size()))) {
            Slice s = group.getFirst();
            texts.add(String.format(
                    Locale.ROOT,
                    "%d of %d×%d at %.3f mm, %s",
                    group.size(),
                    s.format().columns(),
                    s.format().rows(),
                    s.plane().acrossMm(),
                    Direction.of(s.plane()).words()));
        }
        return String.join("; ", texts) + (groups.size() > 4 ? "; and others" : "");
    }

    /** Files that were copied twice have the same instance UID and frame. */
    private List<Slice> withoutCopies(List<Slice> sorted) {
        Set<String> seen = new HashSet<>();
        List<Slice> kept = new ArrayList<>();
        for (Slice slice : sorted) {
            String instance = slice.origin().instance();
            if (instance.isEmpty() || seen.add(instance + "#" + slice.origin().frame())) {
                kept.add(slice);
            }
        }
        if (kept.size() < sorted.size()) {
            notes.add(sorted.size() - kept.size() + " copies of the same image were left out");
        }
        return kept;
    }

    /** Where places are doubled or uneven and the images tell time points apart: those of the one with most images. */
    private List<Slice> ofOneMoment(List<Slice> sorted, double[] normal) {
        var moments = new TreeMap<String, List<Slice>>();
        for (Slice slice : sorted) {
            moments.computeIfAbsent(
                            String.format(
                                    Locale.ROOT,
                                    "acquisition %d, time %d",
                                    slice.traits().acquisition(),
                                    slice.traits().time()),
                            m -> new ArrayList<>())
                    .add(slice);
        }
        if (moments.size() == 1 || (doubledPlaces(sorted, normal) == 0 && StackLayout.isEven(sorted, normal))) {
            return sorted;
        }
        var best = moments.entrySet().stream()
                .max(Comparator.comparingInt(e -> e.getValue().size()))
                .orElseThrow();
        boolean better = best.getValue().size() >= sorted.size() / (2 * moments.size())
                && StackLayout.isEven(best.getValue(), normal);
        if (!better) {
            return sorted;
        }
        notes.add(moments.size() + " time points in one series: took " + best.getKey() + " ("
                + best.getValue().size() + " images)");
        return best.getValue();
    }

    private static int doubledPlaces(List<Slice> sorted, double[] normal) {
        int doubled = 0;
        double last = Double.NEGATIVE_INFINITY;
        boolean counted = false;
        for (Slice slice : sorted) {
            double place = slice.plane().along(normal);
            boolean same = place - last < SAME_PLACE_MM;
            if (same && !counted) {
                doubled++;
            }
            counted = same;
            last = place;
        }
        return doubled;
    }

    private InputException refuse(String problem, String remedy) {
        return new InputException(subject, "series " + series.uid() + ": " + problem, remedy);
    }
}
