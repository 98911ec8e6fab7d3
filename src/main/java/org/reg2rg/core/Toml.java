package org.reg2rg.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** TOML files, and single keys that are set on top of them. */
public final class Toml {
    private static final TomlMapper MAPPER = new TomlMapper();
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private Toml() {}

    /** Reads a file as a tree; a malformed one is an {@link InputException} that names file and line. */
    public static ObjectNode read(Path file) throws IOException {
        try {
            return (ObjectNode) MAPPER.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new InputException(file.toString(), "there is no such file", "give the path of a config file", e);
        } catch (JacksonException e) {
            throw new InputException(
                    file + ":" + e.getLocation().getLineNr(),
                    "not valid TOML: " + e.getOriginalMessage(),
                    "correct this line",
                    e);
        }
    }

    /** A tree as text, every key with its full dotted name; {@link #read} reads it back. */
    public static String text(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

    /**
     * Sets keys over those of {@code tree}.
     *
     * @param settings each {@code dotted.key=value}; a value that is not TOML (a word without quotes) is taken as text
     * @throws InputException for one without a key or a {@code =}, or a key below one that is no table
     */
    public static void set(ObjectNode tree, List<String> settings) {
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String key = equals < 0 ? "" : setting.substring(0, equals).strip();
            if (!PLAIN_KEY.matcher(key).matches()) {
                throw new InputException("--set " + setting, "expected key=value", "write it as in vision.steps=100");
            }
            String[] parts = DOT.split(key);
            ObjectNode at = tree;
            for (int i = 0; i < parts.length - 1; i++) {
                JsonNode next = at.get(parts[i]);
                if (next != null && !next.isObject()) {
                    throw new InputException(
                            "--set " + setting, "'" + parts[i] + "' is a value, not a table", "correct the key");
                }
                at = next == null ? at.putObject(parts[i]) : (ObjectNode) next;
            }
            at.set(parts[parts.length - 1], value(setting.substring(equals + 1).strip()));
        }
    }

    private static JsonNode value(String text) {
        try {
            return MAPPER.readTree("v = " + text + "\n").get("v");
        } catch (JacksonException _) {
            return MAPPER.getNodeFactory().stringNode(text);
        }
    }
}
