package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Json;
import org.reg2rg.evaluate.Evaluation;
import org.reg2rg.evaluate.Evaluator;
import org.reg2rg.evaluate.LabelSource;
import org.reg2rg.evaluate.Settings;
import org.reg2rg.evaluate.output.CohortJson;
import org.reg2rg.evaluate.output.CohortPage;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.truth.TruthEvaluation;
import org.reg2rg.evaluate.truth.TruthFile;
import org.reg2rg.label.Labeller;
import org.reg2rg.label.Labellers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code evaluate-cohort}: what generated sentences state, against the exact truth of a synthetic cohort. */
@Command(
        name = "evaluate-cohort",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Judges generated reports of a synthetic cohort against its exact truth, not its reference texts.",
        footer = {"", "Example:", "  ./reg2rg evaluate-cohort generated.csv --truth cohort/truth.jsonl --out scores"})
public final class EvaluateCohort implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE.csv", description = "Reports, with the columns of 'generate'.")
    private Path file = Path.of("");

    @Option(names = "--truth", required = true, paramLabel = "FILE.jsonl", description = "truth.jsonl of the cohort.")
    private Path truth = Path.of("");

    @Option(names = "--id-column", paramLabel = "NAME", description = "Column that names the study (default: AccNum).")
    private String idColumn = "";

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Draws of the intervals (default: ${DEFAULT-VALUE}).")
    private int bootstrap;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for cohort.json, cohort.html.")
    private Path out = Path.of("");

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = new Settings(true, Evaluate.checkDraws(bootstrap), seed, quiet.style());
        TruthFile exact = TruthFile.read(truth);
        ReportFile reports = ReportFile.open(file, new ReportFile.Columns(idColumn, "", ""));
        ObjectNode json;
        try (Labeller rules = Labellers.open("rules")) {
            TruthEvaluation findings = TruthEvaluation.of(reports, exact, rules);
            Evaluation texts = Evaluator.evaluate(reports, new LabelSource.None(), settings);
            json = CohortJson.of(texts, findings, rules.name());
        }
        AtomicFiles.write(out.resolve("cohort.html"), CohortPage.of(json));
        Json.write(out.resolve("cohort.json"), json);
        var terminal = spec.commandLine().getOut();
        terminal.printf(
                Locale.ROOT,
                "%d reports: recognition %.4f, micro F1 %.4f (shuffled %.4f), macro F1 %.4f; %d of %d nodules"
                        + " within 30 %%%nWritten: %s%n",
                json.path("reports").asInt(),
                json.at("/recognition/accuracy_mean").asDouble(Double.NaN),
                json.at("/ce/micro/f1").asDouble(),
                json.at("/ce/shuffled_baseline/micro/f1").asDouble(),
                json.at("/ce/macro/f1").asDouble(),
                json.at("/size_error/within_30_percent").asInt(),
                json.at("/size_error/nodules").asInt(),
                out.resolve("cohort.html"));
        terminal.flush();
        return Main.OK;
    }
}
