package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.evaluate.Comparison;
import org.reg2rg.evaluate.Evaluation;
import org.reg2rg.evaluate.Evaluator;
import org.reg2rg.evaluate.LabelSource;
import org.reg2rg.evaluate.Settings;
import org.reg2rg.evaluate.output.EvaluationJson;
import org.reg2rg.evaluate.output.Examples;
import org.reg2rg.evaluate.output.ExamplesHtml;
import org.reg2rg.evaluate.output.Page;
import org.reg2rg.evaluate.output.PerReport;
import org.reg2rg.evaluate.output.Terminal;
import org.reg2rg.evaluate.read.LabelFile;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.read.ReportRow;
import org.reg2rg.evaluate.region.RegionText;
import org.reg2rg.label.Labeller;
import org.reg2rg.label.Labellers;
import org.reg2rg.report.LabelledText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code evaluate}: generated reports against their references, with every published measure and what it hides. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Judges generated reports against their references: text scores, findings, regions, lengths,"
                + " repetition; with intervals and a shuffled baseline.",
        footer = {
            "",
            "Example:",
            "  ./reg2rg evaluate reports.csv --strip-region-prefix --out evaluation",
            "  ./reg2rg evaluate reports.csv --compare baseline.csv --out evaluation",
            "",
            "Scores compare texts with texts; they do not say whether a report is true of its CT."
        })
public final class Evaluate implements Callable<Integer> {
    private static final int EXAMPLES = 6;

    @Parameters(index = "0", paramLabel = "FILE.csv", description = "One study a row: id, reference, prediction.")
    private Path file = Path.of("");

    @Option(names = "--id-column", paramLabel = "NAME", description = "Column that names the study (default: AccNum).")
    private String idColumn = "";

    @Option(
            names = "--reference-column",
            paramLabel = "NAME",
            description = "Column of the references (default: GT_combined_report, else the only GT_*report).")
    private String referenceColumn = "";

    @Option(
            names = "--prediction-column",
            paramLabel = "NAME",
            description = "Column of the predictions (default: Pred_combined_report, else the only Pred_*report).")
    private String predictionColumn = "";

    @Option(
            names = "--strip-region-prefix",
            description = "Score whole reports without 'The region n is X: ' and the braces of the 'other report'.")
    private boolean strip;

    @Option(
            names = "--labels",
            paramLabel = "rules|radbert|FILE.csv",
            description = "Who reads the 18 findings: built-in rules, the published network in --labeller, or a file"
                    + " with GT_<label> and Pred_<label> (default: radbert with --labeller, else rules).")
    private Optional<String> labels = Optional.empty();

    @Option(
            names = "--labeller",
            paramLabel = "DIR",
            description = "Folder with RadBertClassifier.pth, vocab.json and merges.txt.")
    private Optional<Path> labeller = Optional.empty();

    @Option(
            names = "--compare",
            paramLabel = "OTHER.csv",
            arity = "1..*",
            description = "Other systems on the same studies, joined by id; each is tested against FILE.csv.")
    private List<Path> others = List.of();

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Draws of the intervals and trials of the tests, 0 for none (default: ${DEFAULT-VALUE}).")
    private int bootstrap;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder for evaluation.json, evaluation.html and per_report.csv" + " (default: FILE-evaluation).")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        checkDraws(bootstrap);
        String source = labels.orElse(labeller.isPresent() ? "radbert" : "rules");
        return switch (source) {
            case "rules" -> withLabeller("rules");
            case "radbert" ->
                withLabeller(labeller.map(Path::toString)
                        .orElseThrow(() -> new InputException(
                                "--labels radbert",
                                "the network needs its weights",
                                "name their folder with --labeller, or use --labels rules")));
            default -> judge(new LabelSource.Given(LabelFile.read(Path.of(source), idName())), Optional.empty());
        };
    }

    /** The number of draws, if it is one. */
    static int checkDraws(int draws) {
        if (draws < 0 || draws > 1_000_000) {
            throw new InputException(
                    "--bootstrap", "expected 0 to 1000000, got " + draws, "1000 is enough for most uses");
        }
        return draws;
    }

    private String idName() {
        return idColumn.isEmpty() ? ReportFile.Columns.ID : idColumn;
    }

    private int withLabeller(String name) throws IOException {
        try (Labeller open = Labellers.open(name)) {
            return judge(new LabelSource.Reader(open), Optional.of(open));
        }
    }

    private int judge(LabelSource source, Optional<Labeller> open) throws IOException {
        var columns = new ReportFile.Columns(idColumn, referenceColumn, predictionColumn);
        var settings = new Settings(strip, bootstrap, seed, quiet.style());
        Evaluation evaluation = Evaluator.evaluate(ReportFile.open(file, columns), source, settings);
        var compared = new ArrayList<Evaluation>();
        for (Path other : others) {
            // A label file describes the predictions of one system only.
            LabelSource theirs = open.isPresent() ? source : new LabelSource.None();
            compared.add(Evaluator.evaluate(ReportFile.open(other, columns), theirs, settings));
        }
        List<Comparison> comparisons =
                compared.stream().map(other -> Comparison.of(evaluation, other)).toList();
        ObjectNode json = EvaluationJson.of(evaluation, comparisons);
        Path folder = out.orElseGet(this::defaultFolder);
        PerReport.write(folder.resolve("per_report.csv"), evaluation);
        AtomicFiles.write(
                folder.resolve("evaluation.html"),
                Page.of(evaluation, json, comparisons, examples(evaluation, compared, open)));
        Json.write(folder.resolve("evaluation.json"), json);
        PrintWriter terminal = spec.commandLine().getOut();
        Terminal.print(terminal, json, comparisons);
        terminal.println();
        terminal.println("Written: " + folder.resolve("evaluation.html") + ", evaluation.json, per_report.csv");
        terminal.flush();
        return Main.OK;
    }

    private Path defaultFolder() {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.csv$", "");
        return file.toAbsolutePath().resolveSibling(name + "-evaluation");
    }

    private static List<ExamplesHtml.Example> examples(
            Evaluation here, List<Evaluation> others, Optional<Labeller> labeller) throws IOException {
        Set<String> ids = Examples.choose(here, others, EXAMPLES);
        List<ReportRow> rows = here.source().file().find(ids);
        var otherRows = new ArrayList<List<ReportRow>>();
        for (Evaluation other : others) {
            otherRows.add(other.source().file().find(ids));
        }
        var examples = new ArrayList<ExamplesHtml.Example>();
        for (ReportRow row : rows) {
            var systems = new ArrayList<ExamplesHtml.Reading>();
            systems.add(reading(here.source().file().name(), row.prediction(), labeller));
            for (int i = 0; i < others.size(); i++) {
                String name = others.get(i).source().file().name();
                otherRows.get(i).stream()
                        .filter(other -> other.id().equals(row.id()))
                        .forEach(other -> systems.add(reading(name, other.prediction(), labeller)));
            }
            examples.add(new ExamplesHtml.Example(
                    row.id(), reading("Reference", row.reference(), labeller), List.copyOf(systems)));
        }
        return examples;
    }

    private static ExamplesHtml.Reading reading(String title, String text, Optional<Labeller> labeller) {
        LabelledText read = labeller.map(
                        l -> l.label(List.of(RegionText.withoutPrefixes(text))).getFirst())
                .orElseGet(() -> LabelledText.of(Set.of()));
        return new ExamplesHtml.Reading(title, text, read);
    }
}
