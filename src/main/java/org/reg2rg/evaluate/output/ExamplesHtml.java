package org.reg2rg.evaluate.output;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.output.Marking.Mark;
import org.reg2rg.evaluate.region.RegionText;
import org.reg2rg.report.Finding;
import org.reg2rg.report.LabelledText;
import org.reg2rg.report.SentenceSplitter;

/**
 * The qualitative comparison (Figs. 4 and 5 of the paper): the reference of a study beside one or more systems, every
 * region in its colour, sentences marked that agree, contradict, are invented or left out.
 */
public final class ExamplesHtml {
    private ExamplesHtml() {}

    /** One text with its findings. */
    public record Reading(String title, String text, LabelledText labels) {}

    /** One study: its reference, and what the systems wrote. */
    public record Example(String id, Reading reference, List<Reading> systems) {}

    static void write(Html html, List<Example> examples) {
        html.raw("<p class='legend'>Sentences: <span class='agrees'>agrees</span> "
                + "<span class='contradicts'>contradicts</span> <span class='invented'>not in the reference</span> "
                + "<span class='omitted'>not in the prediction</span>; unmarked sentences decide no finding.</p>");
        for (Example example : examples) {
            html.element("h3", "Study " + example.id());
            html.raw("<div class='columns'>");
            Marking first = new Marking(
                    example.reference().labels(), example.systems().getFirst().labels());
            column(html, example.reference(), first::ofReference);
            for (Reading system : example.systems()) {
                Marking marking = new Marking(example.reference().labels(), system.labels());
                column(html, system, marking::ofPrediction);
            }
            html.raw("</div>");
        }
    }

    private static void column(Html html, Reading reading, Function<String, Mark> marks) {
        html.raw("<div class='column'>").element("h4", reading.title());
        Map<Region, String> regions = RegionText.parse(reading.text());
        if (regions.isEmpty()) {
            part(html, "#888", "", reading.text(), marks);
        }
        regions.forEach((region, text) ->
                part(html, region.css(), region.datasetName(), RegionText.withoutPrefixes(text), marks));
        html.raw("<p class='chips'>");
        for (Finding finding : reading.labels().present()) {
            html.raw("<span class='chip'>" + Html.escape(finding.label()) + "</span>");
        }
        html.raw("</p></div>");
    }

    private static void part(Html html, String colour, String name, String text, Function<String, Mark> marks) {
        html.raw("<p class='part' style='border-color:" + colour + "'>");
        if (!name.isEmpty()) {
            html.raw("<b>" + Html.escape(name) + "</b> ");
        }
        for (SentenceSplitter.Sentence sentence : SentenceSplitter.split(text)) {
            Mark mark = marks.apply(sentence.text());
            html.raw(
                    mark == Mark.NONE
                            ? Html.escape(sentence.text())
                            : "<span class='" + mark.name().toLowerCase(java.util.Locale.ROOT) + "' title='"
                                    + mark.title() + "'>" + Html.escape(sentence.text()) + "</span>");
        }
        html.raw("</p>");
    }
}
