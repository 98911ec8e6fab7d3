package org.reg2rg.core;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Progress of long work: a bar with rate and time left on a terminal, one plain line each tenth of the way elsewhere,
 * nothing when quiet. Safe to advance from several threads.
 */
public final class Progress implements AutoCloseable {
    private static final int BAR_CELLS = 24;
    private static final long REDRAW_NANOS = 100_000_000L;

    /** How a command talks while it works. */
    public enum Style {
        BAR,
        LINES,
        QUIET;

        /** {@code QUIET} if asked for, a bar on a terminal, else lines. */
        public static Style of(boolean quiet) {
            if (quiet) {
                return QUIET;
            }
            return System.console() != null && System.console().isTerminal() ? BAR : LINES;
        }
    }

    private final String task;
    private final String unit;
    private final long total;
    private final Style style;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private long done;
    private long before;
    private long lastDraw;
    private long lastTenth;
    private String note = "";

    /**
     * @param task what is being done, in the user's words ("encoding regions")
     * @param unit what is counted ("volumes")
     * @param total how many there are in all
     */
    public Progress(String task, String unit, long total, Style style, PrintStream out) {
        this.task = task;
        this.unit = unit;
        this.total = total;
        this.style = style;
        this.out = out;
    }

    /** Progress on standard error, so that standard output stays clean for results. */
    public static Progress of(String task, String unit, long total, Style style) {
        return new Progress(task, unit, total, style, System.err);
    }

    public void advance() {
        advance(1, "");
    }

    /** Counts what an earlier run has done; it takes no part in the rate and the time left. */
    public synchronized void skip(long steps) {
        before += steps;
        done += steps;
        lastTenth = 10 * done / Math.max(total, 1);
    }

    /** @param newNote a short state shown behind the bar ("loss 1.23") */
    public synchronized void advance(long steps, String newNote) {
        done += steps;
        note = newNote;
        switch (style) {
            case QUIET -> {}
            case BAR -> drawBar(done >= total);
            case LINES -> printTenth();
        }
    }

    @Override
    public synchronized void close() {
        if (style == Style.BAR && lastDraw != 0) {
            drawBar(true);
            out.println();
        }
    }

    private void drawBar(boolean force) {
        long now = System.nanoTime();
        if (!force && now - lastDraw < REDRAW_NANOS) {
            return;
        }
        lastDraw = now;
        int filled = (int) (BAR_CELLS * Math.min(done, total) / Math.max(total, 1));
        out.print(
                "\r" + task + " [" + "#".repeat(filled) + " ".repeat(BAR_CELLS - filled) + "] " + state() + "\u001b[K");
        out.flush();
    }

    private void printTenth() {
        long tenth = 10 * done / Math.max(total, 1);
        if (tenth > lastTenth) {
            lastTenth = tenth;
            out.println(task + " " + state());
        }
    }

    private String state() {
        double seconds = (System.nanoTime() - start) / 1e9;
        double rate = (done - before) / Math.max(seconds, 1e-9);
        long left = Math.round((total - done) / Math.max(rate, 1e-9));
        String time = done >= total ? clock(Math.round(seconds)) : clock(left) + " left";
        return String.format(Locale.ROOT, "%d/%d %s, %.3g/s, %s %s", done, total, unit, rate, time, note)
                .stripTrailing();
    }

    private static String clock(long seconds) {
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
