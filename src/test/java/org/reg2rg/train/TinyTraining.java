package org.reg2rg.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import org.reg2rg.language.Tokenizer;
import org.reg2rg.model.TinyParity;
import tools.jackson.databind.JsonNode;

/** Training items of {@code parity/tiny}: ids and labels that the published data set classes and collator made. */
final class TinyTraining {
    static final int LONGEST = 384;
    private static final Pattern SENTENCE =
            Pattern.compile("The region \\d is ([a-z ]+): (.*?) (?=The region \\d is|$)");

    /**
     * One item.
     *
     * @param ids padded
     * @param labels padded
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared with equals
    record Item(String name, List<Region> slots, int[] ids, int[] labels) {
        static Item of(String name, JsonNode slots, JsonNode ids, JsonNode labels) {
            return new Item(name, TinyParity.slots(slots), TinyParity.ints(ids), TinyParity.ints(labels));
        }

        /** The same without padding. */
        ReferringExample example() {
            int end = labels.length;
            while (labels[end - 1] == ReferringExample.NO_LABEL) {
                end--;
            }
            float[] weights = new float[end];
            Arrays.fill(weights, 1);
            return new ReferringExample(Arrays.copyOf(ids, end), Arrays.copyOf(labels, end), weights, slots, false);
        }

        /** The reports behind the ids, read off the decoded answer. */
        List<RegionText> texts(Tokenizer tokenizer) {
            int[] answer = Arrays.stream(labels)
                    .filter(id -> id != ReferringExample.NO_LABEL)
                    .toArray();
            Matcher sentence = SENTENCE.matcher(tokenizer.decode(answer).strip() + " ");
            var texts = new ArrayList<RegionText>();
            while (sentence.find()) {
                texts.add(new RegionText(Region.parse("item", sentence.group(1)), sentence.group(2)));
            }
            return texts;
        }
    }

    private TinyTraining() {}

    static JsonNode expected() throws IOException {
        return Json.read(SharedFolder.require("parity/tiny/expected.json"));
    }

    /** The two items that were collated into one batch. */
    static List<Item> pair(JsonNode expected) {
        JsonNode pair = expected.get("ab");
        var items = new ArrayList<Item>();
        for (int i = 0; i < 2; i++) {
            items.add(Item.of(
                    i == 0 ? "a" : "b",
                    pair.get("region2area").get(i),
                    pair.get("lang_x").get(i),
                    pair.get("labels").get(i)));
        }
        return items;
    }

    /** The item whose gradients are given. */
    static Item single(JsonNode expected) {
        JsonNode single = expected.get("gradients");
        return Item.of(
                single.get("item").asString(),
                single.get("region2area").get(0),
                single.get("lang_x"),
                single.get("labels"));
    }

    /** The items of each optimiser step. */
    static List<List<Item>> steps(JsonNode expected) {
        var steps = new ArrayList<List<Item>>();
        for (JsonNode step : expected.get("steps").get("steps")) {
            var items = new ArrayList<Item>();
            for (JsonNode micro : step.get("micro")) {
                items.add(Item.of(
                        micro.get("item").asString(),
                        micro.get("region2area"),
                        micro.get("lang_x"),
                        micro.get("labels")));
            }
            steps.add(items);
        }
        return steps;
    }

    /** All items, each under what makes it different. */
    static Map<String, Item> all(JsonNode expected) {
        var all = new LinkedHashMap<String, Item>();
        var items = new ArrayList<>(pair(expected));
        items.add(single(expected));
        steps(expected).forEach(items::addAll);
        items.forEach(item -> all.put(item.name() + item.slots(), item));
        return all;
    }
}
