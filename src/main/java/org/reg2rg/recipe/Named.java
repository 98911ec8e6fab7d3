package org.reg2rg.recipe;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;
import org.reg2rg.ct.Region;

/** What users name by a word in an option. */
final class Named {
    private Named() {}

    /** A constant as users know it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The constant with this name, in any case.
     *
     * @throws InputException with the nearest name, if it is none of those
     */
    static <E extends Enum<E>> E of(String option, String given, EnumSet<E> known) {
        return known.stream()
                .filter(one -> word(one).equals(given.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        option,
                        "unknown value '" + given + "'",
                        Names.hint(given, known.stream().map(Named::word).toList())));
    }

    /**
     * Regions in the order in which they are named.
     *
     * @throws InputException if one is unknown or named twice
     */
    static List<Region> regions(String option, List<String> names) {
        var regions = new LinkedHashSet<Region>();
        for (String name : names) {
            if (!regions.add(Region.parse(option, name))) {
                throw new InputException(option, "'" + name + "' is named twice", "name each once");
            }
        }
        return List.copyOf(regions);
    }
}
