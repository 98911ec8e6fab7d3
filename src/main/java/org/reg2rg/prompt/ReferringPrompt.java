package org.reg2rg.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.reg2rg.prompt.Segment.GlobalSlot;
import org.reg2rg.prompt.Segment.RegionSlot;
import org.reg2rg.prompt.Segment.Words;

/**
 * The referring prompt: it shows the whole volume, then each region in its slot without naming it, and asks for a report
 * of each. The words are those of the published training, to the letter and the space, because weights depend on them
 * (upstream radgenome_dataset_test.py).
 */
public record ReferringPrompt(List<Segment> segments) {
    private static final String CONTEXT = "The global information is provided as the context: ";

    private static final String INSTRUCTION = """
            Given the provided global and regional information from this CT scan, \
            please generate a comprehensive medical report for each region. \
            First, identify the anatomical area corresponding to each region, \
            then provide detailed information about these anatomical structures \
            and any abnormalities that are essential. \
            You can refer to the global information as the context and take it as a supplement \
            when generating each region report.""";

    private static final String OTHER_REPORT = """
             For those reports that have no specific region associated with them, \
            generate an 'other report' at the end.""";

    public ReferringPrompt {
        segments = List.copyOf(segments);
    }

    /** The prompt for a study with {@code regions} filled slots. */
    public static ReferringPrompt of(PromptVariant variant, int regions) {
        List<Segment> segments = new ArrayList<>();
        segments.add(new Words(CONTEXT));
        segments.add(new GlobalSlot());
        String sentenceEnd = ". ";
        for (int slot = 0; slot < regions; slot++) {
            segments.add(new Words(sentenceEnd + "The region " + slot + " is "));
            segments.add(new RegionSlot(slot));
        }
        segments.add(new Words(sentenceEnd + instruction(variant)));
        return new ReferringPrompt(segments);
    }

    private static String instruction(PromptVariant variant) {
        return switch (variant) {
            case RADGENOME -> INSTRUCTION;
            case CTRG -> INSTRUCTION + OTHER_REPORT;
        };
    }

    /** The prompt followed by a space and this answer, as training sees it; the answer joins the last words. */
    public ReferringPrompt withAnswer(String answer) {
        List<Segment> joined = new ArrayList<>(segments);
        Words last = (Words) joined.removeLast();
        joined.add(new Words(last.text() + " " + answer));
        return new ReferringPrompt(joined);
    }

    /** How the prompt reads, with the special tokens written out. */
    public String text(SpecialTokens tokens) {
        return segments.stream()
                .map(segment -> switch (segment) {
                    case Words(String text) -> text;
                    case GlobalSlot() -> tokens.globalText();
                    case RegionSlot(int index) -> tokens.regionText(index);
                })
                .collect(Collectors.joining());
    }

    /**
     * The ids, starting with {@code beginning}. Words between special tokens are encoded each on their own, so that each
     * gets its own leading blank and keeps its trailing one.
     */
    public int[] ids(int beginning, WordEncoder encoder, SpecialTokens tokens) {
        IntStream ids = segments.stream()
                .map(segment -> switch (segment) {
                    case Words(String text) -> encoder.encode(text);
                    case GlobalSlot() -> tokens.globalIds();
                    case RegionSlot(int index) -> tokens.regionIds(index);
                })
                .flatMapToInt(IntStream::of);
        return IntStream.concat(IntStream.of(beginning), ids).toArray();
    }
}
