package org.reg2rg.train;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.reg2rg.core.Progress;

/** Writes down how a stage goes: metrics every few steps, a validation and the page at each checkpoint, the bar always. */
final class StageProgress implements Stage.Listener {
    /** Weight of the newest loss in the one that the bar shows. */
    private static final double NEWEST = 0.05;

    private final Stage stage;
    private final Validation.Source validation;
    private final Metrics metrics;
    private final TrainingPage page;
    private final Progress progress;
    private final long logEvery;
    private final BooleanSupplier stop;
    private final LastStep lastStep;

    private final double secondsBefore;
    private final long start = System.nanoTime();
    private double shownLoss = Double.NaN;
    private double losses;
    private long steps;
    private long tokens;
    private long sinceNanos = start;
    private long lastStepEnded = start;

    /** What a run lends to each of its stages. */
    record Shared(Metrics metrics, TrainingPage page, long logEvery, BooleanSupplier stop, LastStep lastStep) {}

    StageProgress(Stage stage, Validation.Source validation, Shared shared, Progress progress) {
        this.stage = stage;
        this.validation = validation;
        this.metrics = shared.metrics;
        this.page = shared.page;
        this.logEvery = shared.logEvery;
        this.stop = shared.stop;
        this.lastStep = shared.lastStep;
        this.progress = progress;
        this.secondsBefore = metrics.seconds();
    }

    private record Last(long made, double gradientNorm, double rate) {}

    private Last last = new Last(0, 0, 0);

    @Override
    public void read(long more) {
        tokens += more;
    }

    @Override
    public void step(long step, double loss, double gradientNorm, double rate) throws IOException {
        if (!Double.isFinite(loss) || !Double.isFinite(gradientNorm)) {
            throw new ArithmeticException("loss " + loss + " and gradient norm " + gradientNorm + " in step "
                    + (step + 1) + " of stage " + stage.name() + ": try a lower rate");
        }
        lastStep.took(Duration.ofNanos(System.nanoTime() - lastStepEnded));
        lastStepEnded = System.nanoTime();
        losses += loss;
        steps++;
        shownLoss = Double.isNaN(shownLoss) ? loss : shownLoss + NEWEST * (loss - shownLoss);
        last = new Last(step + 1, gradientNorm, rate);
        progress.advance(stage.studies(), String.format(Locale.ROOT, "loss %.3f", shownLoss) + speed());
        if (last.made % logEvery == 0) {
            log();
        }
    }

    private String speed() {
        return tokens == 0 ? "" : String.format(Locale.ROOT, ", %.3g tokens/s", tokens / secondsSinceLog());
    }

    private double secondsSinceLog() {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** One line for the steps since the last one. */
    private void log() throws IOException {
        if (steps == 0) {
            return;
        }
        double seconds = secondsSinceLog();
        var values = new LinkedHashMap<String, Double>();
        values.put("loss", losses / steps);
        values.put("gradient_norm", last.gradientNorm);
        values.put("rate", last.rate);
        values.put("studies_per_second", rounded(steps * stage.studies() / seconds));
        if (tokens > 0) {
            values.put("tokens_per_second", rounded(tokens / seconds));
        }
        values.put("wall_seconds", seconds());
        metrics.step(stage.name(), last.made, values);
        losses = 0;
        steps = 0;
        tokens = 0;
        sinceNanos = System.nanoTime();
    }

    @Override
    public void saved(long made) throws IOException {
        log();
        if (!metrics.isValidated(stage.name(), made) && !stop.getAsBoolean()) {
            metrics.validation(stage.name(), made, validation.now(), seconds());
        }
        page.write(metrics);
        sinceNanos = System.nanoTime();
        lastStepEnded = sinceNanos;
    }

    @Override
    public boolean stopping() {
        return stop.getAsBoolean();
    }

    private double seconds() {
        return rounded(secondsBefore + (System.nanoTime() - start) / 1e9);
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
