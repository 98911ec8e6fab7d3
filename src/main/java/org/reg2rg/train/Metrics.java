package org.reg2rg.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;

/**
 * {@code metrics.jsonl}: a line for every few steps and one for every validation, appended as they come. A resumed run cuts
 * off what was written after its checkpoint, so every step is there once.
 */
public final class Metrics {
    /** The file's name in a run folder. */
    public static final String FILE = "metrics.jsonl";

    private static final ObjectWriter ONE_LINE = Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final List<JsonNode> lines;

    private Metrics(Path file, List<JsonNode> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** What a run has written so far; a last line that a killed process left unfinished is cut off. */
    public static Metrics open(Path file) throws IOException {
        var lines = new ArrayList<JsonNode>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                try {
                    lines.add(Json.MAPPER.readTree(line));
                } catch (JacksonException _) {
                    break;
                }
            }
        }
        var metrics = new Metrics(file, lines);
        metrics.rewrite();
        return metrics;
    }

    /** All lines, oldest first. */
    public List<JsonNode> lines() {
        return List.copyOf(lines);
    }

    void step(String stage, long step, Map<String, Double> values) throws IOException {
        append("step", stage, step, values);
    }

    void validation(String stage, long steps, Validation validation, double wallSeconds) throws IOException {
        var values = new LinkedHashMap<String, Object>();
        values.put("wall_seconds", wallSeconds);
        values.put("studies", validation.studies());
        values.put("scores", validation.scores());
        values.put("recognition", validation.recognition());
        values.put("samples", validation.samples());
        append("validation", stage, steps, values);
    }

    private void append(String kind, String stage, long step, Map<String, ?> values) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("kind", kind);
        line.put("stage", stage);
        line.put("step", step);
        line.putAll(values);
        String text = ONE_LINE.writeValueAsString(line);
        Files.writeString(file, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        lines.add(Json.MAPPER.readTree(text));
    }

    /** Forgets what a stage did after this number of steps. */
    void cut(String stage, long steps) throws IOException {
        if (lines.removeIf(line -> line.path("stage").asString("").equals(stage)
                && line.path("step").asLong() > steps)) {
            rewrite();
        }
    }

    boolean isValidated(String stage, long steps) {
        return lines.stream()
                .anyMatch(line -> line.path("kind").asString("").equals("validation")
                        && line.path("stage").asString("").equals(stage)
                        && line.path("step").asLong() == steps);
    }

    /** Seconds of training until the newest line. */
    double seconds() {
        return lines.isEmpty() ? 0 : lines.getLast().path("wall_seconds").asDouble(0);
    }

    private void rewrite() throws IOException {
        AtomicFiles.write(file, out -> {
            for (JsonNode line : lines) {
                out.write((ONE_LINE.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
