package org.reg2rg.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.reg2rg.ct.MaskStatistics;
import org.reg2rg.ct.Region;
import org.reg2rg.report.AnswerParser.Heading;
import org.reg2rg.report.AnswerParser.Part;
import org.reg2rg.report.GroundedReport.RegionReport;
import org.reg2rg.report.GroundedReport.Section;
import org.reg2rg.report.GroundedReport.Skipped;
import org.reg2rg.report.SentenceSplitter.Sentence;

/** Joins an answer with the slots that were asked about: slot → recognised anatomy → sentences → mask, with every check. */
public final class Grounding {
    private final Answer answer;
    private final Map<Integer, List<Part>> bySlot = new HashMap<>();
    private final Map<String, List<Sentence>> loose = new LinkedHashMap<>();
    private final int lastSlot;

    private Grounding(Answer answer, int slots) {
        this.answer = answer;
        int last = -1;
        for (Part part : AnswerParser.parse(answer.text())) {
            switch (part.heading()) {
                case Heading.Slot asked
                when asked.slot() < slots -> {
                    bySlot.computeIfAbsent(asked.slot(), _ -> new ArrayList<>()).add(part);
                    last = asked.slot();
                }
                case Heading.Slot stray ->
                    keepLoose("region " + stray.slot() + " (" + stray.name() + "), which was not asked for", part);
                case Heading.Loose(String title) -> keepLoose(title, part);
            }
        }
        this.lastSlot = last;
    }

    /** A supplied region: the slot's anatomy and its mask on the CT's own grid, with flags known beforehand. */
    public record Slot(Region region, MaskStatistics mask, List<Flag> flags) {
        public Slot {
            flags = List.copyOf(flags);
        }
    }

    /** The report of an answer to a prompt with these slots. */
    public static GroundedReport ground(Answer answer, List<Slot> slots, List<Skipped> skipped) {
        var grounding = new Grounding(answer, slots.size());
        var regions = new ArrayList<RegionReport>();
        for (int slot = 0; slot < slots.size(); slot++) {
            regions.add(grounding.region(slot, slots.get(slot)));
        }
        var sections = grounding.loose.entrySet().stream()
                .map(e -> new Section(e.getKey(), e.getValue()))
                .toList();
        return new GroundedReport(answer.text(), regions, sections, skipped);
    }

    private RegionReport region(int slot, Slot supplied) {
        List<Part> parts = bySlot.getOrDefault(slot, List.of());
        var sentences = parts.stream().flatMap(p -> sentences(p).stream()).toList();
        // The published rule: where a slot is answered twice, the last name counts.
        Optional<Heading.Slot> heading = parts.isEmpty()
                ? Optional.empty()
                : Optional.of((Heading.Slot) parts.getLast().heading());
        Optional<Region> recognised = heading.flatMap(Heading.Slot::recognised);
        Set<Flag> flags = new LinkedHashSet<>(supplied.flags());
        flags.addAll(MaskFacts.flags(supplied.region(), supplied.mask()));
        if (recognised.isEmpty()) {
            flags.add(Flag.REGION_NOT_RECOGNISED);
        } else if (recognised.get() != supplied.region()) {
            flags.add(Flag.REGION_DISAGREES);
        }
        if (recognised.isPresent() && timesNamed(recognised.get()) > 1) {
            flags.add(Flag.REGION_NAMED_TWICE);
        }
        if (parts.size() > 1) {
            flags.add(Flag.SLOT_ANSWERED_TWICE);
        }
        if (sentences.isEmpty()) {
            flags.add(Flag.NO_TEXT);
        }
        if (answer.cut() && slot == lastSlot) {
            flags.add(Flag.TEXT_CUT);
        }
        return new RegionReport(
                slot,
                supplied.region(),
                recognised,
                heading.map(Heading.Slot::name).orElse(""),
                sentences,
                supplied.mask(),
                List.copyOf(flags),
                meanLogProbability(parts));
    }

    /** How many slots carry this name last. */
    private long timesNamed(Region region) {
        return bySlot.values().stream()
                .map(parts -> (Heading.Slot) parts.getLast().heading())
                .filter(h -> h.recognised().filter(r -> r == region).isPresent())
                .count();
    }

    private OptionalDouble meanLogProbability(Collection<Part> parts) {
        var all = new ArrayList<Double>();
        for (Part part : parts) {
            int start = codePoint(part.headingStart());
            answer.meanLogProbability(start, codePoint(part.end())).ifPresent(all::add);
        }
        return all.stream().mapToDouble(Double::doubleValue).average();
    }

    private List<Sentence> sentences(Part part) {
        int offset = codePoint(part.start());
        return SentenceSplitter.split(answer.text().substring(part.start(), part.end())).stream()
                .map(s -> new Sentence(s.text(), s.start() + offset, s.end() + offset))
                .toList();
    }

    private int codePoint(int charOffset) {
        return answer.text().codePointCount(0, charOffset);
    }

    private void keepLoose(String title, Part part) {
        loose.computeIfAbsent(title, _ -> new ArrayList<>()).addAll(sentences(part));
    }
}
