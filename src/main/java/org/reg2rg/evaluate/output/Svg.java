package org.reg2rg.evaluate.output;

import java.util.List;
import java.util.Locale;

/** The plots of the page as inline SVG: bars with intervals and a baseline mark, and curves. */
final class Svg {
    private static final int LABEL_WIDTH = 280;
    private static final int PLOT_WIDTH = 420;
    private static final int NUMBER_WIDTH = 80;
    private static final int ROW_HEIGHT = 22;
    private static final int CURVE_HEIGHT = 220;
    private static final int AXIS_HEIGHT = 40;
    private static final int TICKS = 5;

    private Svg() {}

    /**
     * One bar.
     *
     * @param low lower end of the interval, or NaN
     * @param baseline what a report of another study scores, or NaN
     */
    record Bar(String label, double value, double low, double high, double baseline, String colour) {}

    /** A curve over 0 to the end of the axis. */
    record Curve(String label, double[] values, String colour) {}

    /** Horizontal bars from 0 to the largest of 1 and all values. */
    static String bars(String title, List<Bar> bars) {
        double largest = bars.stream()
                .mapToDouble(bar -> Math.max(finite(bar.value), finite(bar.high)))
                .reduce(1, Math::max);
        int height = bars.size() * ROW_HEIGHT + 8;
        var svg = new StringBuilder(open(title, LABEL_WIDTH + PLOT_WIDTH + NUMBER_WIDTH, height));
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), i * ROW_HEIGHT + 4, PLOT_WIDTH / largest);
        }
        return svg.append("</svg>").toString();
    }

    private static void bar(StringBuilder svg, Bar bar, int y, double scale) {
        int middle = y + ROW_HEIGHT / 2;
        svg.append(text(LABEL_WIDTH - 8, middle + 4, "end", bar.label));
        svg.append(format(
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>",
                LABEL_WIDTH, y + 3, finite(bar.value) * scale, ROW_HEIGHT - 6, bar.colour));
        if (Double.isFinite(bar.low)) {
            svg.append(format(
                    "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#222' stroke-width='2'/>",
                    LABEL_WIDTH + bar.low * scale, LABEL_WIDTH + bar.high * scale, middle, middle));
        }
        if (Double.isFinite(bar.baseline)) {
            double x = LABEL_WIDTH + bar.baseline * scale;
            svg.append(format(
                    "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#d00' stroke-width='2'"
                            + " stroke-dasharray='3 2'/>",
                    x, x, y, y + ROW_HEIGHT));
        }
        svg.append(text(LABEL_WIDTH + PLOT_WIDTH + 8, middle + 4, "start", Html.number(bar.value)));
    }

    /** Curves over one axis from 0 to {@code end}, each scaled alike. */
    static String curves(String title, String axis, double end, List<Curve> curves) {
        double largest = 0;
        for (Curve curve : curves) {
            for (double value : curve.values) {
                largest = Math.max(largest, finite(value));
            }
        }
        int width = LABEL_WIDTH + PLOT_WIDTH + NUMBER_WIDTH;
        var svg = new StringBuilder(open(title, width, CURVE_HEIGHT + AXIS_HEIGHT));
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            svg.append("<polyline fill='none' stroke-width='2' stroke='")
                    .append(curve.colour)
                    .append("' points='");
            for (int p = 0; p < curve.values.length; p++) {
                double x = (double) width * p / (curve.values.length - 1);
                double y = CURVE_HEIGHT - (CURVE_HEIGHT - 20) * finite(curve.values[p]) / Math.max(largest, 1e-12);
                svg.append(format("%.1f,%.1f ", x, y));
            }
            svg.append("'/>");
            svg.append("<g fill='").append(curve.colour).append("'>");
            svg.append(text(width - 8, 20 + 18 * i, "end", curve.label)).append("</g>");
        }
        for (int tick = 0; tick <= TICKS; tick++) {
            String anchor = tick == 0 ? "start" : tick == TICKS ? "end" : "middle";
            svg.append(text(width * tick / TICKS, CURVE_HEIGHT + 18, anchor, format("%.0f", end * tick / TICKS)));
        }
        svg.append(text(width / 2, CURVE_HEIGHT + 36, "middle", axis));
        return svg.append("</svg>").toString();
    }

    private static String open(String title, int width, int height) {
        return format("<svg role='img' viewBox='0 0 %d %d' width='%d' height='%d'>", width, height, width, height)
                + "<title>" + Html.escape(title) + "</title>";
    }

    private static String text(int x, int y, String anchor, String text) {
        return format("<text x='%d' y='%d' text-anchor='%s'>", x, y, anchor) + Html.escape(text) + "</text>";
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
