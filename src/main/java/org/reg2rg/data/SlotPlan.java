package org.reg2rg.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.reg2rg.core.Hashes;
import org.reg2rg.ct.Region;

/**
 * Which regions of a study come into the slots of the prompt, and in which order; what is random depends on the seed and the
 * name of the study only.
 */
public record SlotPlan(Choice choice, Order order, long seed) {
    /** In what order. */
    public enum Order {
        /** By name, as the published test. */
        ALPHABETICAL,
        /** By name from the end. */
        REVERSED,
        /** By chance, as the published training. */
        SHUFFLED,
        /** As the user lists them. */
        GIVEN
    }

    /** Which regions. */
    public sealed interface Choice {
        /** All that have a mask. */
        record Every() implements Choice {}

        /** These, where they have a mask. */
        record These(List<Region> regions) implements Choice {
            public These {
                regions = List.copyOf(regions);
            }
        }

        /** Between {@code fewest} and {@code most} of those with a mask, each number as likely, by chance. */
        record Some(int fewest, int most) implements Choice {
            public Some {
                if (fewest < 1 || most < fewest || most > Region.values().length) {
                    throw new IllegalArgumentException("expected 1 to " + Region.values().length
                            + " regions, the smaller number first, got " + fewest + "-" + most);
                }
            }
        }
    }

    /** The regions of the slots, in their order. */
    public List<Region> slots(String study, Collection<Region> available) {
        List<Region> sorted = available.stream().sorted().toList();
        List<Region> chosen = switch (choice) {
            case Choice.Every() -> sorted;
            case Choice.These(var regions) ->
                regions.stream().filter(available::contains).toList();
            case Choice.Some some -> some(some, sorted, random("regions", study));
        };
        return switch (order) {
            case ALPHABETICAL -> chosen.stream().sorted().toList();
            case REVERSED -> chosen.stream().sorted(Comparator.reverseOrder()).toList();
            case SHUFFLED -> shuffled(chosen, random("slots", study));
            case GIVEN -> chosen;
        };
    }

    private static List<Region> some(Choice.Some some, List<Region> available, RandomGenerator random) {
        int count = random.nextInt(some.fewest(), some.most() + 1);
        return shuffled(available, random).stream().limit(count).toList();
    }

    private static List<Region> shuffled(List<Region> regions, RandomGenerator random) {
        var order = new ArrayList<>(regions);
        Collections.shuffle(order, random);
        return List.copyOf(order);
    }

    private RandomGenerator random(String purpose, String study) {
        return random(seed, purpose, study);
    }

    /** Random numbers that depend on these three only. */
    public static RandomGenerator random(long seed, String purpose, String study) {
        String hash = Hashes.sha256(seed + "/" + purpose + "/" + study);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(Long.parseUnsignedLong(hash.substring(0, 16), 16));
    }
}
