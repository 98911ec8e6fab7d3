package org.reg2rg.segment;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.reg2rg.ct.Region;
import org.reg2rg.segment.Segmentation.Found;
import org.reg2rg.segment.Segmentation.Missing;

/** One page, one file: the picture with all outlines, and how each region was found. */
public final class SegmentationHtml {
    private SegmentationHtml() {}

    /** @param title what the CT is called; escaped here */
    public static String page(String title, Segmentation segmentation, List<MaskCheck> checks, byte[] png) {
        var rows = new StringBuilder();
        for (Region region : Region.values()) {
            rows.append("<tr><td><span style=\"background:")
                    .append(region.css())
                    .append("\">&emsp;</span> ")
                    .append(region.datasetName())
                    .append("</td>")
                    .append(
                            switch (segmentation.finding(region)) {
                                case Found found ->
                                    String.format(
                                            Locale.ROOT,
                                            "<td>%.0f ml</td><td>%.2f</td><td>%s</td>",
                                            found.millilitres(),
                                            found.confidence(),
                                            escape(found.reason()));
                                case Missing missing ->
                                    "<td>missing</td><td></td><td>" + escape(missing.reason()) + "</td>";
                            })
                    .append("</tr>\n");
        }
        var notes = new StringBuilder();
        checks.forEach(check -> notes.append("<li>")
                .append(check.severity().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(escape(check.words()))
                .append("</li>\n"));
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><title>%1$s</title>
                <style>body{font:16px/1.4 sans-serif;margin:2em;background:#111;color:#eee}td{padding:.2em .8em}\
                img{max-width:100%%}</style>
                <h1>%1$s</h1>
                <p>Regions cut out by classical image analysis. Research use only. The patient's right is on the left.</p>
                <img alt="slices with the outlines of the regions" src="data:image/png;base64,%2$s">
                <table><tr><th>region</th><th>volume</th><th>confidence</th><th>how it was found</th></tr>
                %3$s</table>
                <ul>%4$s</ul>
                </html>
                """.formatted(escape(title), Base64.getEncoder().encodeToString(png), rows, notes);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
