package org.reg2rg.cohort;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the placeholders of a grammar line with the facts of a finding. */
final class Phrasing {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern VOWEL_NUMBER = Pattern.compile("\\b([Aa]) (8|11|18|8\\d)\\b");
    private static final List<String> NUMBERS = List.of("a", "two", "three", "four", "five", "six", "several");

    private final Draw draw;

    Phrasing(Draw draw) {
        this.draw = draw;
    }

    String fill(String line, TrueFinding f) {
        var text = new StringBuilder();
        Matcher m = PLACEHOLDER.matcher(line);
        while (m.find()) {
            m.appendReplacement(text, Matcher.quoteReplacement(word(m.group(1), f)));
        }
        m.appendTail(text);
        text.setCharAt(0, Character.toUpperCase(text.charAt(0)));
        return VOWEL_NUMBER.matcher(text).replaceAll("$1n $2");
    }

    private String word(String placeholder, TrueFinding f) {
        return switch (placeholder) {
            case "mm" -> Long.toString(Math.round(f.sizeMm()));
            case "n" -> NUMBERS.get(Math.clamp(f.count() - 1, 0, NUMBERS.size() - 1));
            case "lung" ->
                f.side() == Side.BOTH ? "both lungs" : "the " + f.side().word() + " lung";
            case "lobe" -> lobe(f);
            case "side" -> f.side().word();
            case "on" ->
                f.side() == Side.BOTH ? "on both sides" : "on the " + f.side().word();
            case "place" -> f.place();
            case "is" -> draw.any("is seen", "is observed", "was observed", "was detected", "is present", "is noted");
            case "are" ->
                draw.any("are seen", "are observed", "were observed", "were detected", "are present", "are noted");
            case "There" -> draw.any("there is", "there is", "the scan shows");
            case "TherePl" -> draw.any("there are", "there are", "the scan shows");
            default -> throw new IllegalStateException("report.grammar: unknown placeholder {" + placeholder + "}");
        };
    }

    private String lobe(TrueFinding f) {
        for (Lobe lobe : Lobe.values()) {
            if (lobe.words().equals(f.place())) {
                return "the " + (draw.chance(0.6) ? lobe.words() : lobe.shortWords());
            }
        }
        return "the " + f.place().toLowerCase(Locale.ROOT);
    }
}
