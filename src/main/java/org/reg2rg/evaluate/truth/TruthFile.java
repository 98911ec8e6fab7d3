package org.reg2rg.evaluate.truth;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.report.Finding;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code truth.jsonl} of a synthetic cohort: one study a line, of which the labels and the largest nodule are kept. */
public final class TruthFile {
    private static final int MAX_LINE = 1 << 22;

    private final Map<String, Truth> studies;

    private TruthFile(Map<String, Truth> studies) {
        this.studies = studies;
    }

    /**
     * What is true of a study.
     *
     * @param labels the 18 findings as bits, see {@link org.reg2rg.evaluate.clinical.FindingBits}
     * @param noduleMm diameter of the largest lung nodule; 0 for none
     */
    public record Truth(int labels, double noduleMm) {}

    /**
     * Reads the file.
     *
     * @throws InputException with the line, where it is no JSON or lacks a field, or where a study is there twice
     */
    public static TruthFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file.toString(), "no such file", "give the truth.jsonl of the cohort");
        }
        var studies = new HashMap<String, Truth>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    add(file + " line " + number, line, studies);
                }
            }
        }
        if (studies.isEmpty()) {
            throw new InputException(file.toString(), "there is no study in it", "make the cohort again");
        }
        return new TruthFile(studies);
    }

    private static void add(String place, String line, Map<String, Truth> studies) {
        if (line.length() > MAX_LINE) {
            throw new InputException(
                    place, "the line has " + line.length() + " characters, expected at most " + MAX_LINE, "repair it");
        }
        JsonNode node;
        try {
            node = Json.MAPPER.readTree(line);
        } catch (JacksonException e) {
            throw new InputException(place, "not valid JSON: " + e.getOriginalMessage(), "make the cohort again", e);
        }
        if (!node.path("volume").isString() || !node.path("nodule_mm").isNumber()) {
            throw new InputException(place, "expected 'volume' and 'nodule_mm'", "make the cohort again");
        }
        int labels = 0;
        for (Finding finding : Finding.values()) {
            JsonNode label = node.path("labels").path(finding.label());
            if (!label.isInt() || label.asInt() < 0 || label.asInt() > 1) {
                throw new InputException(
                        place,
                        "label '" + finding.label() + "' expected 0 or 1, got " + label,
                        "make the cohort again");
            }
            labels |= label.asInt() << finding.ordinal();
        }
        String volume = node.path("volume").asString();
        if (studies.put(volume, new Truth(labels, node.path("nodule_mm").asDouble())) != null) {
            throw new InputException(place, "study '" + volume + "' is there twice", "remove one of the lines");
        }
    }

    public int size() {
        return studies.size();
    }

    /** The truth of a study, if the file has it. */
    public Optional<Truth> find(String volume) {
        return Optional.ofNullable(studies.get(volume));
    }
}
