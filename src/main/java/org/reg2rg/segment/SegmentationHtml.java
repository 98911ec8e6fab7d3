package org.reg2rg.segment;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.Html;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.segment.Segmentation.Found;
import org.reg2rg.segment.Segmentation.Missing;

/** One page, one file: the picture with all outlines, and how each region was found. */
public final class SegmentationHtml {
    /** So that a page of many findings does not grow without bound. */
    private static final int MOST_PICTURES = 12;

    private SegmentationHtml() {}

    /** What the built-in segmentation found, with its checks. */
    public static String page(String title, CtVolume ct, Segmentation segmentation, List<MaskCheck> checks)
            throws IOException {
        String lead = "Regions cut out by classical image analysis.";
        return page(
                title, lead, ct, segmentation.masks(), table(segmentation) + notes(ct, segmentation.masks(), checks));
    }

    /** Given masks with their checks, and what was mended. */
    public static String checked(
            String title, CtVolume ct, RegionMasks masks, List<MaskCheck> checks, List<String> repairs)
            throws IOException {
        var mended = new StringBuilder();
        repairs.forEach(words ->
                mended.append("<li>repaired: ").append(Html.escape(words)).append("</li>\n"));
        String body = notes(ct, masks, checks) + "<ul>" + mended + "</ul>";
        return page(title, "Masks as they were given, and what the checks say of them.", ct, masks, body);
    }

    private static String table(Segmentation segmentation) {
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
                                            Html.escape(found.reason()));
                                case Missing missing ->
                                    "<td>missing</td><td></td><td>" + Html.escape(missing.reason()) + "</td>";
                            })
                    .append("</tr>\n");
        }
        return """
                <table><tr><th>region</th><th>volume</th><th>confidence</th><th>how it was found</th></tr>
                %s</table>
                """.formatted(rows);
    }

    /** Each check in words; what is more than a note with slices through the place. */
    private static String notes(CtVolume ct, RegionMasks masks, List<MaskCheck> checks) throws IOException {
        var notes = new StringBuilder("<ul>");
        int pictures = 0;
        for (MaskCheck check : checks) {
            notes.append("<li>")
                    .append(check.severity().name().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(Html.escape(check.words()));
            if (check.severity() != MaskCheck.Severity.NOTE && pictures++ < MOST_PICTURES) {
                notes.append("<br>").append(image(check.words(), Overview.through(ct, masks, check.regions())));
            }
            notes.append("</li>\n");
        }
        return notes.append("</ul>").toString();
    }

    private static String image(String alt, byte[] png) {
        return "<img alt=\"" + Html.escape(alt) + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png) + "\">";
    }

    private static String page(String title, String lead, CtVolume ct, RegionMasks masks, String body)
            throws IOException {
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><title>%1$s</title>
                <style>body{font:16px/1.4 sans-serif;margin:2em;background:#111;color:#eee}td{padding:.2em .8em}\
                img{max-width:100%%}</style>
                <h1>%1$s</h1>
                <p>%2$s Research use only. The patient's right is on the left.</p>
                %3$s
                %4$s
                </html>
                """.formatted(
                        Html.escape(title),
                        lead,
                        image("slices with the outlines of the regions", Overview.png(ct, masks)),
                        body);
    }
}
