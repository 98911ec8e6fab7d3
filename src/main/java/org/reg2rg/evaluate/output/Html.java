package org.reg2rg.evaluate.output;

import java.util.List;
import java.util.Locale;

/** Builds HTML text piece by piece; everything that is not markup is escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Markup as it is. */
    Html raw(String markup) {
        out.append(markup).append('\n');
        return this;
    }

    /** An element with a text in it. */
    Html element(String name, String text) {
        return raw("<" + name + ">" + escape(text) + "</" + name + ">");
    }

    Html tableStart(List<String> header) {
        raw("<table><thead><tr>");
        header.forEach(cell -> element("th", cell));
        return raw("</tr></thead><tbody>");
    }

    Html row(List<String> cells) {
        raw("<tr>");
        cells.forEach(cell -> element("td", cell));
        return raw("</tr>");
    }

    Html tableEnd() {
        return raw("</tbody></table>");
    }

    static String escape(String text) {
        return org.reg2rg.core.Html.escape(text);
    }

    /** Four digits, as the published tables, or a dash where undefined. */
    static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "–";
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "–";
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
