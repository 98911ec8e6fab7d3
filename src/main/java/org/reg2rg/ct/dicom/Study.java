package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;

/**
 * The index of a folder or zip: its series, and what was left out.
 *
 * @param series ordered by number and UID
 * @param notes damaged files, one sentence each
 */
record Study(List<Series> series, List<String> notes) {
    private static final int MOST_NOTES = 5;

    /** What became of one file. */
    private record Outcome(Optional<HeaderReader.Entry> entry, Optional<String> damage) {
        static final Outcome FOREIGN = new Outcome(Optional.empty(), Optional.empty());
    }

    /**
     * Reads the attributes of all files, by all cores; files that are not DICOM are passed over.
     *
     * @throws InputException if the one file that was given is damaged
     */
    static Study index(SourceFolder folder, Progress.Style style) throws IOException {
        List<ByteSource> sources = folder.sources();
        Outcome[] outcomes = new Outcome[sources.size()];
        try (Progress progress = Progress.of("reading headers", "files", sources.size(), style)) {
            IntStream.range(0, outcomes.length).parallel().forEach(i -> {
                outcomes[i] = read(sources.get(i), sources.size() == 1);
                progress.advance();
            });
        }
        return group(List.of(outcomes));
    }

    private static Outcome read(ByteSource source, boolean alone) {
        try {
            if (!alone && !looksLikeDicom(source)) {
                return Outcome.FOREIGN;
            }
            return new Outcome(Optional.of(HeaderReader.read(source)), Optional.empty());
        } catch (InputException e) {
            if (alone) {
                throw e;
            }
            return new Outcome(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return new Outcome(Optional.empty(), Optional.of(source.name() + ": " + e.getMessage()));
        }
    }

    static boolean looksLikeDicom(ByteSource source) throws IOException {
        try (var in = source.open()) {
            return DicomFile.looksLikeDicom(in.readNBytes(144));
        }
    }

    private static Study group(List<Outcome> outcomes) {
        Map<String, List<HeaderReader.Entry>> byUid = new LinkedHashMap<>();
        List<String> damages = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            outcome.entry()
                    .ifPresent(entry -> byUid.computeIfAbsent(
                                    entry.facts().identity().uid(), uid -> new ArrayList<>())
                            .add(entry));
            outcome.damage().ifPresent(damages::add);
        }
        List<String> notes = new ArrayList<>(damages.subList(0, Math.min(MOST_NOTES, damages.size())));
        if (damages.size() > MOST_NOTES) {
            notes.add("and " + (damages.size() - MOST_NOTES) + " more damaged files");
        }
        List<Series> series = new ArrayList<>();
        byUid.values().forEach(entries -> series.add(series(entries)));
        series.sort(Comparator.comparingInt(
                        (Series s) -> s.facts().identity().number().orElse(Integer.MAX_VALUE))
                .thenComparing(Series::uid));
        return new Study(series, notes);
    }

    private static Series series(List<HeaderReader.Entry> entries) {
        List<Slice> slices = new ArrayList<>();
        Map<String, Integer> problems = new TreeMap<>();
        for (HeaderReader.Entry entry : entries) {
            slices.addAll(entry.slices());
            entry.problem().ifPresent(problem -> problems.merge(problem, 1, Integer::sum));
        }
        List<String> texts = new ArrayList<>();
        problems.forEach((problem, count) ->
                texts.add(count == entries.size() ? problem : count + " of " + entries.size() + " files: " + problem));
        return new Series(entries.getFirst().facts(), slices, entries.size(), texts);
    }
}
