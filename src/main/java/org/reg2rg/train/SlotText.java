package org.reg2rg.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.reg2rg.ct.Region;
import org.reg2rg.language.AnswerWriter;
import org.reg2rg.language.Decoding;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.VisualTokens;
import org.reg2rg.report.AnswerParser;
import org.reg2rg.report.AnswerParser.Heading;

/**
 * What a model in training says of one slot.
 *
 * @param name it gives the region
 * @param text its report
 */
record SlotText(String name, String text) {
    static final SlotText NOTHING = new SlotText("", "");

    private static final int LONGEST = 500;

    /** The region that it names, if there is one of this name. */
    Optional<Region> region() {
        return Region.find(name.toLowerCase(Locale.ROOT));
    }

    /** The most probable answer about a study with so many slots; inside a scope. */
    static String answer(LoadedModel model, int slots, VisualTokens visual) {
        int end = model.config().language().end();
        int[] ids = new AnswerWriter(model.model().decoder(), end)
                .write(
                        model.model().embed(model.ids(model.prompt(slots)), visual),
                        LONGEST,
                        new Decoding.Greedy(),
                        (_, _) -> {})
                .ids();
        return model.tokenizer()
                .decode(IntStream.of(ids).filter(id -> id != end).toArray());
    }

    /** By slot; the first counts where one comes twice. */
    static Map<Integer, SlotText> of(String answer) {
        var said = new LinkedHashMap<Integer, SlotText>();
        for (AnswerParser.Part part : AnswerParser.parse(answer)) {
            if (part.heading() instanceof Heading.Slot(int slot, String name, var _)) {
                said.putIfAbsent(
                        slot,
                        new SlotText(
                                name, answer.substring(part.start(), part.end()).strip()));
            }
        }
        return said;
    }
}
