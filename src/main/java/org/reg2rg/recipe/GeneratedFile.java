package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.GrowingFile;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.core.Machine;
import org.reg2rg.core.Version;
import org.reg2rg.report.ReportFacts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/**
 * The files of {@code generate}: the published CSV, which grows row by row; {@code .json} beside it with the settings, by which
 * a later run knows whether it may go on; {@code .jsonl} with a line a study about what the CSV has no column for.
 */
final class GeneratedFile implements AutoCloseable {
    private static final String STUDY = "AccNum";
    private static final List<String> COLUMNS =
            List.of(STUDY, "Question", "GT_combined_report", "Pred_combined_report");
    private static final String SETTINGS = "settings";

    private final Path file;
    private final Map<String, Object> head;
    private final GrowingFile rows;
    private final GrowingFile log;
    private final Set<String> done;

    private GeneratedFile(Path file, Map<String, Object> head, GrowingFile rows, GrowingFile log, Set<String> done) {
        this.file = file;
        this.head = head;
        this.rows = rows;
        this.log = log;
        this.done = Set.copyOf(done);
    }

    /**
     * Begins a file, or goes on with one.
     *
     * @param settings what decides the rows
     * @param notices what a reader must know first
     * @throws InputException if there is a file and {@code resume} is false, or it was made with other settings
     */
    static GeneratedFile open(Path file, Map<String, Object> settings, List<String> notices, boolean resume)
            throws IOException {
        Map<String, Object> head = head(settings, notices);
        boolean exists = Files.exists(file);
        if (exists && !resume) {
            throw new InputException(
                    file.toString(), "it is there already", "give --resume to go on with it, or another --out");
        }
        if (exists && Files.exists(beside(file, ".json"))) {
            requireSame(file, settings);
            GrowingFile rows = GrowingFile.resume(file, GrowingFile.Rows.CSV);
            Set<String> done = done(file, rows);
            Path log = beside(file, ".jsonl");
            return new GeneratedFile(
                    file,
                    head,
                    rows,
                    Files.exists(log) ? GrowingFile.resume(log, GrowingFile.Rows.LINES) : GrowingFile.create(log),
                    done);
        }
        if (exists) {
            throw new InputException(
                    file.toString(),
                    "there is no " + beside(file, ".json").getFileName()
                            + " beside it, so nobody knows how it was made",
                    "give another --out");
        }
        Json.write(beside(file, ".json"), head);
        GrowingFile log = GrowingFile.create(beside(file, ".jsonl"));
        GrowingFile rows = GrowingFile.create(file);
        rows.appendCells(COLUMNS);
        return new GeneratedFile(file, head, rows, log, Set.of());
    }

    private static Map<String, Object> head(Map<String, Object> settings, List<String> notices) {
        var provenance = new LinkedHashMap<String, Object>();
        provenance.put("version", "reg2rg " + Version.CURRENT);
        provenance.put("command", Main.commandGiven());
        provenance.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        provenance.put("machine", Machine.current().toString());
        var head = new LinkedHashMap<String, Object>();
        head.put("schema", "reg2rg-generate/1");
        head.put("notice", String.join(" ", notices));
        head.put(SETTINGS, settings);
        head.put("provenance", provenance);
        return head;
    }

    /** {@code reports.csv} → {@code reports.json} or another ending. */
    private static Path beside(Path file, String ending) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling((name.endsWith(".csv") ? name.substring(0, name.length() - 4) : name) + ending);
    }

    private static void requireSame(Path file, Map<String, Object> settings) throws IOException {
        JsonNode there = Json.read(beside(file, ".json")).path(SETTINGS);
        JsonNode here = Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(settings));
        for (String name : here.propertyNames()) {
            if (!here.get(name).equals(there.path(name))) {
                throw new InputException(
                        file.toString(),
                        "it was made with other settings: " + name + " expected " + here.get(name) + ", got "
                                + there.path(name),
                        "repeat the options it was begun with, or give another --out");
            }
        }
    }

    /** Studies that have a row; a file that was stopped before its header is whole gets one. */
    private static Set<String> done(Path file, GrowingFile rows) throws IOException {
        var done = new HashSet<String>();
        if (Files.size(file) == 0) {
            rows.appendCells(COLUMNS);
            return done;
        }
        CsvTable table = CsvTable.open(file);
        int study = table.column(STUDY);
        table.read((_, cells) -> done.add(cells.get(study)));
        return done;
    }

    /** Whether a study has its row already. */
    boolean has(String study) {
        return done.contains(study);
    }

    /** How many rows were there when the file was opened. */
    int found() {
        return done.size();
    }

    /** Adds a study. */
    void add(String study, String question, String reference, String prediction, Map<String, Object> about)
            throws IOException {
        note(study, about);
        rows.appendCells(List.of(study, question, reference, prediction));
    }

    /** Tells of a study without a row. */
    void note(String study, Map<String, Object> about) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("study", study);
        line.putAll(about);
        log.appendLine(
                Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(line));
    }

    /** Writes what all runs together came to: the last line of each study counts. */
    List<String> finish(List<String> leftOut) throws IOException {
        var last = new HashMap<String, JsonNode>();
        for (String line : Files.readAllLines(beside(file, ".jsonl"))) {
            JsonNode node = Json.MAPPER.readTree(line);
            last.put(node.path("study").asString(), node);
        }
        var all = new ArrayList<>(leftOut);
        var unfamiliar = new ArrayList<String>();
        last.keySet().stream().sorted().forEach(study -> {
            JsonNode node = last.getOrDefault(study, Json.MAPPER.nullNode());
            node.path("left_out").forEach(reason -> all.add(reason.asString()));
            if (node.path("unfamiliar").path("flagged").asBoolean(false)) {
                unfamiliar.add(study);
            }
        });
        var whole = new LinkedHashMap<>(head);
        whole.put("left_out", all);
        whole.put("unfamiliar", unfamiliar);
        whole.put("finished", true);
        Json.write(beside(file, ".json"), whole);
        return all;
    }

    /** What stands at the top of every output of a model. */
    static List<String> notices(java.util.Optional<String> ofModel) {
        var notices = new ArrayList<>(List.of(ReportFacts.NOTICE));
        ofModel.ifPresent(notices::add);
        return notices;
    }

    @Override
    public void close() throws IOException {
        rows.close();
        log.close();
    }
}
