package org.reg2rg.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.Html;

/** A small line chart as SVG, steps along x. */
final class Chart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 230;
    private static final int LEFT = 56;
    private static final int RIGHT = 12;
    private static final int TOP = 14;
    private static final int BOTTOM = 30;
    private static final int MOST_POINTS = 400;
    private static final int TICKS = 4;
    private static final List<String> COLOURS =
            List.of("#1f5fbf", "#c2571a", "#2d8a4e", "#8a3fa0", "#a8862b", "#5b6673");

    /** One line. */
    record Series(String name, List<double[]> points) {}

    private final List<Series> series;
    private final double last;
    private final double low;
    private final double high;

    private Chart(List<Series> series) {
        this.series = series.stream().map(Chart::thinned).toList();
        this.last = Math.max(1, extreme(0, true));
        double least = extreme(1, false);
        double most = extreme(1, true);
        double room = Math.max((most - least) * 0.05, Math.max(Math.abs(most), 1e-12) * 1e-3);
        this.low = least >= 0 ? Math.max(0, least - room) : least - room;
        this.high = most + room;
    }

    /** Empty where there is nothing to draw. */
    static String svg(List<Series> series) {
        List<Series> filled =
                series.stream().filter(one -> !one.points().isEmpty()).toList();
        return filled.isEmpty() ? "" : new Chart(filled).draw();
    }

    /** The mean of as many neighbours as it takes to have few points. */
    private static Series thinned(Series full) {
        int size = full.points().size();
        int each = (size + MOST_POINTS - 1) / MOST_POINTS;
        var points = new ArrayList<double[]>();
        for (int from = 0; from < size; from += each) {
            List<double[]> part = full.points().subList(from, Math.min(size, from + each));
            points.add(new double[] {
                part.getLast()[0],
                part.stream().mapToDouble(p -> p[1]).average().orElseThrow()
            });
        }
        return new Series(full.name(), points);
    }

    private double extreme(int axis, boolean largest) {
        var values = series.stream().flatMap(one -> one.points().stream()).mapToDouble(p -> p[axis]);
        return (largest ? values.max() : values.min()).orElse(0);
    }

    private String draw() {
        var svg = new StringBuilder("<svg viewBox='0 0 " + WIDTH + " " + HEIGHT + "' role='img'>");
        for (int i = 0; i <= TICKS; i++) {
            double value = low + (high - low) * i / TICKS;
            double y = y(value);
            svg.append(format("<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>", LEFT, WIDTH - RIGHT, y, y));
            svg.append(format("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 6, y + 4, number(value)));
            double step = last * i / TICKS;
            svg.append(format(
                    "<text x='%.1f' y='%d' text-anchor='%s'>%s</text>",
                    x(step), HEIGHT - 10, i == TICKS ? "end" : "middle", number(Math.rint(step))));
        }
        for (int i = 0; i < series.size(); i++) {
            svg.append(line(series.get(i), COLOURS.get(i % COLOURS.size())));
        }
        return svg.append("</svg>").append(legend()).toString();
    }

    private String line(Series one, String colour) {
        var points = new StringBuilder();
        for (double[] p : one.points()) {
            points.append(format("%.1f,%.1f ", x(p[0]), y(p[1])));
        }
        double[] end = one.points().getLast();
        return format(
                "<polyline points='%s' stroke='%s'/><circle cx='%.1f' cy='%.1f' r='2.5' fill='%s'/>",
                points.toString().strip(), colour, x(end[0]), y(end[1]), colour);
    }

    private String legend() {
        if (series.size() < 2) {
            return "";
        }
        var legend = new StringBuilder("<p class='legend'>");
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i);
            legend.append(format(
                    "<span><i style='background:%s'></i>%s %s</span>",
                    COLOURS.get(i % COLOURS.size()),
                    Html.escape(one.name()),
                    number(one.points().getLast()[1])));
        }
        return legend.append("</p>").toString();
    }

    private double x(double step) {
        return LEFT + (WIDTH - LEFT - RIGHT) * step / last;
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - low) / (high - low);
    }

    /** Three digits, as people write them. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && size < 1e-3) {
            return format("%.1e", value);
        }
        if (size >= 1000 || value == Math.rint(value)) {
            return format("%,.0f", value);
        }
        return format("%.3g", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
