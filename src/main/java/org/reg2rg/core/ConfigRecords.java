package org.reg2rg.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configs as records: keys in snake_case, every key known and (unless {@code Optional}) present, values checked by the record's constructor. What
 * is wrong is told with the file, the key and the nearest known name.
 */
public final class ConfigRecords {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .changeDefaultPropertyInclusion(any -> any.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private ConfigRecords() {}

    /**
     * The record that {@code tree} describes.
     *
     * @param subject the file, for errors
     * @throws InputException naming the key that is unknown, missing, of the wrong kind or out of its range
     */
    public static <T extends Record> T read(String subject, JsonNode tree, Class<T> type) {
        checkKeys(subject, "", tree, type);
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            String reason = e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof InputException
                    ? String.valueOf(e.getCause().getMessage())
                    : e.getOriginalMessage();
            throw new InputException(subject, "'" + path(e) + "': " + reason, "correct this key", e);
        }
    }

    private static void checkKeys(String subject, String prefix, JsonNode tree, Class<?> type) {
        if (!tree.isObject()) {
            String what = prefix.isEmpty() ? "the whole" : "'" + prefix.substring(0, prefix.length() - 1) + "'";
            throw new InputException(subject, what + " must be an object of keys", "correct it");
        }
        Map<String, RecordComponent> known = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            known.put(snakeCase(component.getName()), component);
        }
        for (String key : tree.propertyNames()) {
            if (!known.containsKey(key)) {
                throw new InputException(
                        subject, "unknown key '" + prefix + key + "'", Names.hint(key, known.keySet()));
            }
        }
        known.forEach((key, component) -> {
            JsonNode value = tree.get(key);
            if (value == null && component.getType() != Optional.class) {
                throw new InputException(subject, "missing key '" + prefix + key + "'", "add it");
            }
            Class<?> nested = record(component);
            if (value != null && !value.isNull() && nested != null) {
                checkKeys(subject, prefix + key + ".", value, nested);
            }
        });
    }

    /** The record that a component holds, itself or in an {@code Optional}. */
    private static @Nullable Class<?> record(RecordComponent component) {
        if (component.getType().isRecord()) {
            return component.getType();
        }
        return component.getType() == Optional.class
                        && component.getGenericType() instanceof ParameterizedType optional
                        && optional.getActualTypeArguments()[0] instanceof Class<?> held
                        && held.isRecord()
                ? held
                : null;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** The tree that {@link #read} reads back; what an {@code Optional} does not hold has no key. */
    public static JsonNode tree(Record config) {
        return MAPPER.valueToTree(config);
    }

    private static String path(JacksonException e) {
        String path = e.getPath().stream()
                .map(reference -> reference.getPropertyName() != null
                        ? reference.getPropertyName()
                        : String.valueOf(reference.getIndex()))
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the whole" : path;
    }
}
