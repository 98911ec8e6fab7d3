package org.reg2rg.recipe;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.label.Decision;
import org.reg2rg.label.Labeller;
import org.reg2rg.label.Labellers;
import org.reg2rg.label.Labels;
import org.reg2rg.label.ReportTable;
import org.reg2rg.label.Verdict;
import org.reg2rg.report.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code label}: reports in, 18 labels a report out, each with the sentence that decided. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Says which of the 18 findings each report of a CSV file states, and by which sentence.",
        footer = {
            "",
            "Example:",
            "  ./reg2rg label reports.csv --text-column report_text --out labels.csv",
            "",
            "The labels are drafts for research, not a reading of the images."
        })
public final class Label implements Callable<Integer> {
    private static final int BATCH = 256;

    @Parameters(index = "0", paramLabel = "FILE.csv", description = "Reports: UTF-8 CSV with a header.")
    private Path file = Path.of("");

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            defaultValue = "report_text",
            description = "Column with the report (default: ${DEFAULT-VALUE}).")
    private String textColumn = "";

    @Option(
            names = "--id-column",
            paramLabel = "NAME",
            description =
                    "Column that names the report (default: AccNum, AccessionNo, id or the like, else the first).")
    private Optional<String> idColumn = Optional.empty();

    @Option(
            names = "--labeller",
            paramLabel = "rules|DIR",
            defaultValue = "rules",
            description = "Built-in rules, or a folder with RadBertClassifier.pth, vocab.json and merges.txt"
                    + " (default: ${DEFAULT-VALUE}).")
    private String labeller = "";

    @Option(names = "--out", required = true, paramLabel = "FILE.csv", description = "Labels: one row a report.")
    private Path out = Path.of("");

    @Option(
            names = "--explain",
            paramLabel = "FILE.csv",
            description = "Also write why: verdict, matched words, rule and reason for every finding that is named.")
    private Optional<Path> explain = Optional.empty();

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final int[] counts = new int[Finding.values().length];

    @Override
    public Integer call() throws IOException {
        refuseSame(file, out, "--out");
        if (explain.isPresent()) {
            refuseSame(file, explain.get(), "--explain");
            refuseSame(out, explain.get(), "--explain");
        }
        var rows = new ReportRows(file, Optional.of(textColumn), idColumn);
        ReportRows.Survey survey = rows.survey();
        try (Labeller reader = Labellers.open(labeller);
                ReportTable table = rows.open();
                Progress progress = Progress.of("labelling", "reports", survey.rows(), quiet.style())) {
            var source = new Source(table, reader, progress);
            if (explain.isEmpty()) {
                AtomicFiles.write(out, stream -> write(source, CsvTable.writer(stream), Optional.empty()));
            } else {
                AtomicFiles.write(
                        explain.get(),
                        why -> AtomicFiles.write(
                                out,
                                stream -> write(source, CsvTable.writer(stream), Optional.of(CsvTable.writer(why)))));
            }
            tell(survey, reader.name());
        }
        return Main.OK;
    }

    private static void refuseSame(Path other, Path written, String option) throws IOException {
        boolean same = Files.exists(other) && Files.exists(written)
                ? Files.isSameFile(other, written)
                : other.toAbsolutePath()
                        .normalize()
                        .equals(written.toAbsolutePath().normalize());
        if (same) {
            throw new InputException(written.toString(), "is named twice", "choose another name for " + option);
        }
    }

    private record Source(ReportTable table, Labeller reader, Progress progress) {}

    private void write(Source source, CsvWriter writer, Optional<CsvWriter> why) throws IOException {
        ReportTable table = source.table();
        writer.writeRecord(header(table.idName()));
        why.ifPresent(file ->
                file.writeRecord(table.idName(), "finding", "verdict", "matched", "rule", "reason", "sentence"));
        List<ReportTable.Row> batch = new ArrayList<>();
        while (table.hasNext()) {
            batch.add(table.next());
            if (batch.size() == BATCH || !table.hasNext()) {
                List<Labels> labels = source.reader()
                        .readAll(batch.stream().map(ReportTable.Row::text).toList());
                for (int i = 0; i < batch.size(); i++) {
                    ReportTable.Row row = batch.get(i);
                    Labels answer = labels.get(i);
                    writer.writeRecord(row(row, answer));
                    why.ifPresent(file -> explain(row.id(), answer, file));
                }
                source.progress().advance(batch.size(), "");
                batch.clear();
            }
        }
        writer.flush();
        if (why.isPresent()) {
            why.get().flush();
        }
    }

    private static void explain(String id, Labels labels, CsvWriter file) {
        for (Decision decision : labels.decisions().values()) {
            if (decision.verdict() != Verdict.NOT_MENTIONED) {
                file.writeRecord(
                        id,
                        decision.finding().label(),
                        decision.verdict().words(),
                        decision.matched(),
                        decision.rule(),
                        decision.reason(),
                        decision.sentence());
            }
        }
    }

    private List<String> header(String idName) {
        var cells = new ArrayList<>(List.of(idName, textColumn));
        cells.addAll(Finding.labels());
        Finding.labels().forEach(name -> cells.add(name + "__sentence"));
        return cells;
    }

    private List<String> row(ReportTable.Row row, Labels labels) {
        var cells = new ArrayList<>(List.of(row.id(), row.text()));
        for (Finding finding : Finding.values()) {
            cells.add(labels.has(finding) ? "1" : "0");
            counts[finding.ordinal()] += labels.has(finding) ? 1 : 0;
        }
        for (Finding finding : Finding.values()) {
            cells.add(labels.decision(finding).sentence());
        }
        return cells;
    }

    private void tell(ReportRows.Survey survey, String labellerName) {
        PrintWriter print = spec.commandLine().getOut();
        print.println(survey.rows() + " reports labelled by " + labellerName + " -> " + out);
        for (Finding finding : Finding.values()) {
            print.printf(Locale.ROOT, "  %-36s %6d%n", finding.label(), counts[finding.ordinal()]);
        }
        if (survey.empty() > 0) {
            print.println("Note: " + survey.empty() + " reports are empty.");
        }
        if (!survey.doubled().isEmpty()) {
            List<String> ids = survey.doubled().stream().distinct().toList();
            print.println(
                    "Note: " + survey.doubled().size() + " rows repeat an id, all are kept: " + ReportRows.some(ids));
        }
        print.flush();
    }
}
