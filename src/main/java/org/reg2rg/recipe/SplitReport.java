package org.reg2rg.recipe;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.label.ReportTable;
import org.reg2rg.label.split.ChatEndpoint;
import org.reg2rg.label.split.ModelRegionSplitter;
import org.reg2rg.label.split.PlacedReport;
import org.reg2rg.label.split.PlacedSentence;
import org.reg2rg.label.split.RegionSplitter;
import org.reg2rg.label.split.RuleRegionSplitter;
import org.reg2rg.report.SentenceSplitter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code split-report}: free reports in, region sentences out, in the layout that training reads. */
@Command(
        name = "split-report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sorts the sentences of free chest reports by region (Volumename, Anatomy, Sentence).",
        footer = {
            "",
            "Example:",
            "  ./reg2rg split-report reports.csv --out regions.csv",
            "  ./reg2rg split-report \"Trachea is open. No effusion.\" --out regions.csv",
            "",
            "With --llm every report is sent to that address; a key is taken from the variable REG2RG_LLM_KEY."
        })
public final class SplitReport implements Callable<Integer> {
    private static final String KEY_VARIABLE = "REG2RG_LLM_KEY";

    @Parameters(
            index = "0",
            paramLabel = "FILE.csv|TEXT",
            description = "Reports as CSV (UTF-8, header), a text file with one report, or the report itself.")
    private String input = "";

    @Option(names = "--out", required = true, paramLabel = "FILE.csv", description = "Region sentences.")
    private Path out = Path.of("");

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            description = "Column with the report (default: report_text, report, text, findings or the like).")
    private Optional<String> textColumn = Optional.empty();

    @Option(
            names = "--id-column",
            paramLabel = "NAME",
            description =
                    "Column that names the report (default: AccNum, AccessionNo, id or the like, else the first).")
    private Optional<String> idColumn = Optional.empty();

    @Option(
            names = "--llm",
            paramLabel = "URL",
            description = "OpenAI-compatible endpoint that sorts instead of the rules (http://localhost:8000/v1).")
    private Optional<String> llm = Optional.empty();

    @Option(names = "--llm-model", paramLabel = "NAME", description = "The model's name there.")
    private Optional<String> llmModel = Optional.empty();

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where the model's answers are kept, so that a stopped run goes on (default: OUT.cache).")
    private Optional<Path> cache = Optional.empty();

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private long reports;
    private long sentences;
    private long cached;
    private final List<String> empty = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        RegionSplitter splitter = splitter();
        Optional<Path> table = table();
        if (table.isPresent()) {
            var rows = new ReportRows(table.get(), textColumn, idColumn);
            long count = survey(rows);
            try (ReportTable source = rows.open();
                    Progress progress = Progress.of("splitting", "reports", count, quiet.style())) {
                AtomicFiles.write(out, stream -> {
                    CsvWriter writer = writer(stream);
                    while (source.hasNext()) {
                        write(source.next(), splitter, writer);
                        progress.advance();
                    }
                    writer.flush();
                });
            }
        } else {
            ReportTable.Row row = single();
            AtomicFiles.write(out, stream -> {
                CsvWriter writer = writer(stream);
                write(row, splitter, writer);
                writer.flush();
            });
        }
        tell(llm.isPresent());
        return Main.OK;
    }

    private RegionSplitter splitter() {
        if (llm.isEmpty()) {
            if (llmModel.isPresent()) {
                throw new InputException("--llm-model", "there is no --llm", "give the address of the endpoint too");
            }
            return new RuleRegionSplitter();
        }
        String model = llmModel.orElseThrow(() ->
                new InputException("--llm", "there is no --llm-model", "name the model as the endpoint knows it"));
        Optional<String> key = Optional.ofNullable(System.getenv(KEY_VARIABLE)).filter(value -> !value.isBlank());
        var endpoint = new ChatEndpoint(llm.get(), model, key, ChatEndpoint.Patience.USUAL);
        return new ModelRegionSplitter(endpoint, cache.orElse(out.resolveSibling(out.getFileName() + ".cache")));
    }

    /** The input as a table, if it is one. */
    private Optional<Path> table() {
        return input.endsWith(".csv") && !input.contains("\n") ? Optional.of(Path.of(input)) : Optional.empty();
    }

    private ReportTable.Row single() throws IOException {
        if (isFile(input)) {
            Path file = Path.of(input);
            String name = String.valueOf(file.getFileName());
            try {
                return new ReportTable.Row(name.replaceFirst("\\.[A-Za-z]+$", ""), Files.readString(file));
            } catch (MalformedInputException e) {
                throw new InputException(input, "the text is not UTF-8", "convert it first", e);
            }
        }
        if (!input.strip().contains(" ")) {
            throw new InputException(
                    input, "neither a file nor a report", "give a CSV file, a text file, or a report in quotes");
        }
        return new ReportTable.Row("report", input);
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /** Reads the file once before any work: bad rows and doubled ids are told at once. */
    private static long survey(ReportRows rows) throws IOException {
        ReportRows.Survey survey = rows.survey();
        List<String> doubled = survey.doubled().stream().distinct().toList();
        if (!doubled.isEmpty()) {
            throw new InputException(
                    rows.file().toString(),
                    doubled.size() + " ids occur more than once: " + ReportRows.some(doubled),
                    "training would keep only the last; give every report its own id, or another --id-column");
        }
        return survey.rows();
    }

    private static CsvWriter writer(OutputStream stream) {
        CsvWriter writer = CsvTable.writer(stream);
        writer.writeRecord("Volumename", "Anatomy", "Sentence");
        return writer;
    }

    private void write(ReportTable.Row row, RegionSplitter splitter, CsvWriter writer) {
        List<String> texts = SentenceSplitter.split(row.text()).stream()
                .map(SentenceSplitter.Sentence::text)
                .toList();
        PlacedReport report = splitter.place(texts);
        reports++;
        sentences += texts.size();
        cached += report.by().equals(PlacedReport.CACHE) ? 1 : 0;
        if (texts.isEmpty()) {
            empty.add(row.id());
        }
        if (!report.problem().isEmpty()) {
            failed.add(row.id() + " (" + report.problem() + ")");
        }
        for (Region region : Region.values()) {
            writeRegion(row.id(), region.datasetName(), report.text(Optional.of(region)), writer);
        }
        writeRegion(row.id(), PlacedSentence.OTHER, report.text(Optional.empty()), writer);
    }

    private static void writeRegion(String id, String name, String text, CsvWriter writer) {
        if (!text.isEmpty()) {
            writer.writeRecord(id, name, text);
        }
    }

    private void tell(boolean asked) {
        PrintWriter print = spec.commandLine().getOut();
        print.println(reports + " reports, " + sentences + " sentences -> " + out);
        if (asked) {
            print.println("  " + cached + " from the cache, " + failed.size() + " left to the rules");
        }
        if (!failed.isEmpty()) {
            print.println("Note: left to the rules: " + ReportRows.some(failed));
        }
        if (!empty.isEmpty()) {
            print.println("Note: " + empty.size() + " reports are empty and have no rows: " + ReportRows.some(empty));
        }
        print.flush();
    }
}
