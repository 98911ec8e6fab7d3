package org.reg2rg.label.split;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.label.phrase.Phrase;
import org.reg2rg.label.phrase.PhraseIndex;

/** The words of the regions, from {@code regions.rules} beside this class. */
final class RegionRules {
    private final PhraseIndex<Sign> index = new PhraseIndex<>();

    /** How strongly words speak for a region; the first kind decides over the later ones. */
    enum Strength {
        DECIDES,
        NAMES,
        HINTS,
        OTHER
    }

    /** What words say: for a region, or for none. */
    record Sign(Strength strength, Optional<Region> region) {}

    private RegionRules() {}

    static RegionRules builtIn() {
        InputStream in = Objects.requireNonNull(RegionRules.class.getResourceAsStream("regions.rules"));
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RegionRules parse(List<String> lines) {
        var rules = new RegionRules();
        for (String line : lines) {
            String text = line.contains("#") ? line.substring(0, line.indexOf('#')) : line;
            if (!text.isBlank()) {
                rules.read(text);
            }
        }
        return rules;
    }

    private void read(String line) {
        String[] parts = line.split(":", 2);
        String[] key = parts[0].strip().split(" ", 2);
        Strength strength = Strength.valueOf(key[0].toUpperCase(Locale.ROOT));
        Optional<Region> region = key[key.length - 1].equals("other")
                ? Optional.empty()
                : Optional.of(Region.parse("regions.rules", key[1]));
        for (String phrase : parts[1].split("\\|")) {
            index.add(Phrase.parse(phrase, Map.of()), new Sign(strength, region));
        }
    }

    PhraseIndex<Sign> index() {
        return index;
    }
}
