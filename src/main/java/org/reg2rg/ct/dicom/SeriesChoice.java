package org.reg2rg.ct.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;

/**
 * Which series of a study to read: thin soft-tissue axial images of the chest with most slices. What is no CT volume is
 * left out, and everything has its reason in words.
 *
 * @param verdicts best first, then those that cannot be used
 */
record SeriesChoice(List<Verdict> verdicts) {
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
    private static final Pattern NO_VOLUME = Pattern.compile(
            "dose|screen ?save|scout|topogram|localizer|localiser|surview|scanogram|smart ?prep|bolus|monitoring");
    private static final Pattern PROJECTION = Pattern.compile("MIP|PROJECTION|VOLUME RENDER|SCREEN SAVE|DOSE");
    private static final Pattern CHEST = Pattern.compile("chest|thora|lung|pulm|lunge|poumon|torax");
    private static final Pattern ELSEWHERE =
            Pattern.compile("head|brain|skull|neck|abdom|pelvi|extremit|knee|foot|hand|shoulder|sinus|spine");
    private static final double SHORTEST_CHEST_MM = 150;

    /**
     * @param series what was judged
     * @param stack its slices in order; empty if it cannot be used
     * @param reason why it is used or not
     */
    record Verdict(Series series, Optional<Stack> stack, String reason) {
        boolean usable() {
            return stack.isPresent();
        }
    }

    /** What makes a series better than another, most important first; larger is better. */
    private record Rank(Series series, Stack stack) {
        private static final List<String> WORDS = List.of(
                "not axial", "not (all of) the chest", "its kernel", "thicker slices", "fewer slices", "derived");

        int[] keys() {
            Slice first = stack.slices().getFirst();
            double step = stack.grid().spacing()[2];
            int layers = stack.grid().size().z();
            int thin = step <= 2 ? 3 : step <= 3.1 ? 2 : step <= 5.1 ? 1 : 0;
            return new int[] {
                Direction.of(first.plane()) == Direction.AXIAL ? 1 : 0,
                chest(series.facts(), step * layers),
                -kernel().ordinal(),
                thin,
                layers,
                series.facts().kind().imageType().startsWith("DERIVED") ? 0 : 1
            };
        }

        private Kernel kernel() {
            SeriesFacts.Reconstruction r = series.facts().reconstruction();
            return Kernel.of(r.kernel(), r.description());
        }

        static int compare(Rank a, Rank b) {
            return java.util.Arrays.compare(b.keys(), a.keys());
        }

        /** The first thing in which the other is better. */
        String behind(Rank better) {
            int at = java.util.Arrays.mismatch(keys(), better.keys());
            return at < 0 ? "a later series of the same kind" : WORDS.get(at);
        }

        String describe() {
            Slice first = stack.slices().getFirst();
            String name = series.facts().reconstruction().kernel();
            return String.format(
                    Locale.ROOT,
                    "%s, %d slices of %d×%d, %.2f mm apart, %s%s",
                    Direction.of(first.plane()).words(),
                    stack.slices().size(),
                    first.format().columns(),
                    first.format().rows(),
                    stack.grid().spacing()[2],
                    kernel().words(),
                    name.isEmpty() ? "" : " (" + name + ")");
        }
    }

    /** Judges all series of a study. */
    static SeriesChoice of(Study study, String subject) {
        List<Rank> ranks = new ArrayList<>();
        List<Verdict> unusable = new ArrayList<>();
        for (Series series : study.series()) {
            Optional<String> foreign = noVolume(series);
            if (foreign.isPresent()) {
                unusable.add(new Verdict(series, Optional.empty(), foreign.get()));
                continue;
            }
            try {
                ranks.add(new Rank(series, StackBuilder.build(series, subject)));
            } catch (InputException e) {
                String reason = HeaderReader.withoutName(String.valueOf(e.getMessage()), subject)
                        .replace("; choose another series", "");
                unusable.add(new Verdict(
                        series, Optional.empty(), HeaderReader.withoutName(reason, "series " + series.uid())));
            }
        }
        ranks.sort(Rank::compare); // stable: ties stay in the order of series numbers
        List<Verdict> verdicts = new ArrayList<>();
        for (Rank rank : ranks) {
            String why = rank == ranks.getFirst() ? "" : "; ranks behind: " + rank.behind(ranks.getFirst());
            verdicts.add(new Verdict(rank.series, Optional.of(rank.stack), rank.describe() + why));
        }
        verdicts.addAll(unusable);
        return new SeriesChoice(List.copyOf(verdicts));
    }

    /**
     * The series to read.
     *
     * @param wanted UID that the user gave, if any
     * @throws InputException if there is none that can be read, or not this one
     */
    Verdict choose(Optional<String> wanted, String subject, List<String> notes) {
        if (wanted.isPresent()) {
            return named(wanted.get(), subject);
        }
        if (verdicts.isEmpty()) {
            throw new InputException(
                    subject,
                    "no DICOM images" + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")"),
                    "give the folder, zip or file of a CT");
        }
        Verdict best = verdicts.getFirst();
        if (!best.usable()) {
            List<String> reasons = verdicts.stream()
                    .limit(3)
                    .map(v -> describe(v.series()) + ": " + v.reason())
                    .toList();
            throw new InputException(
                    subject,
                    "no CT volume in " + verdicts.size() + " series (" + String.join("; ", reasons) + ")",
                    "see './reg2rg inspect' for all of them");
        }
        return best;
    }

    private Verdict named(String uid, String subject) {
        List<String> uids = verdicts.stream().map(v -> v.series().uid()).toList();
        for (Verdict verdict : verdicts) {
            if (verdict.series().uid().equals(uid)) {
                if (!verdict.usable()) {
                    // Asked for by name: scouts and screenshots too, if they make a volume; else the reason.
                    Stack stack = StackBuilder.build(verdict.series(), subject);
                    return new Verdict(verdict.series(), Optional.of(stack), "asked for");
                }
                return verdict;
            }
        }
        throw new InputException(subject, "no series " + uid, Names.hint(uid, uids));
    }

    private static String describe(Series series) {
        String text = series.facts().reconstruction().description();
        return text.isEmpty() ? "series " + series.uid() : "'" + text + "'";
    }

    private static Optional<String> noVolume(Series series) {
        SeriesFacts facts = series.facts();
        String description = facts.reconstruction().description().toLowerCase(Locale.ROOT);
        String imageType = facts.kind().imageType().toUpperCase(Locale.ROOT);
        if (!facts.isCt()) {
            return Optional.of("modality " + facts.kind().modality() + ", not CT");
        }
        if (facts.kind().sopClass().startsWith(SECONDARY_CAPTURE)) {
            return Optional.of("screenshots (secondary capture)");
        }
        if (imageType.contains("LOCALIZER")
                && series.slices().stream().allMatch(s -> s.traits().localizer())) {
            return Optional.of("scout images (localizer)");
        }
        if (PROJECTION.matcher(imageType).find()) {
            return Optional.of("projections or pictures (" + imageType.replace('\\', ' ') + ")");
        }
        return NO_VOLUME.matcher(description).find()
                ? Optional.of("by its name a scout, dose sheet or contrast monitor")
                : Optional.empty();
    }

    /** 2 for the whole chest by name and length, 0 for another part of the body or a short piece. */
    private static int chest(SeriesFacts facts, double extentMm) {
        SeriesFacts.Reconstruction r = facts.reconstruction();
        String text = (r.bodyPart() + " " + r.description()).toLowerCase(Locale.ROOT);
        boolean chest = CHEST.matcher(text).find();
        boolean elsewhere = !chest && ELSEWHERE.matcher(text).find();
        if (elsewhere || extentMm < SHORTEST_CHEST_MM) {
            return 0;
        }
        return 2; // an unnamed body part counts as chest
    }
}
