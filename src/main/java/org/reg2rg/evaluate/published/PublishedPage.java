package org.reg2rg.evaluate.published;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The page docs/published-results.md: each published figure beside what the released outputs give. */
public final class PublishedPage {
    private final List<Section> sections;

    private PublishedPage(List<Section> sections) {
        this.sections = sections;
    }

    /**
     * Recomputes everything that can be.
     *
     * @param results the folder {@code results} of the paper's repository, with Reg2RG_ctrg and Reg2RG_radgenome
     */
    public static PublishedPage of(Path results) throws IOException {
        var sections = new ArrayList<Section>();
        sections.add(TextFigures.ofCtrg(results));
        sections.add(TextFigures.ofRadGenome(results));
        sections.addAll(TextFigures.ofRegions(results));
        sections.add(FindingFigures.ofCtrg(results));
        sections.add(FindingFigures.ofRadGenome(results));
        sections.add(FindingFigures.ofRegions(results));
        sections.addAll(RegionFigures.all(results));
        return new PublishedPage(sections);
    }

    private List<Figure> figures() {
        return sections.stream().flatMap(section -> section.figures().stream()).toList();
    }

    /** How many figures there are. */
    public long published() {
        return figures().size();
    }

    /** How many of them the released outputs determine. */
    public long recomputed() {
        return figures().stream()
                .filter(figure -> !figure.recomputed().isEmpty())
                .count();
    }

    /** How many come out equal to the last digit. */
    public long equal() {
        return figures().stream().filter(Figure::equal).count();
    }

    /** The page in Markdown. */
    public String markdown() {
        var page = new StringBuilder();
        page.append("# Published results, recomputed\n\n")
                .append(
                        "Written by `./reg2rg evaluate-published RESULTS --out docs/published-results.md`, where RESULTS is")
                .append(" the folder `results` of the paper's repository (zhi-xuan-chen/Reg2RG, 4effe09).\n\n")
                .append("Of ")
                .append(published())
                .append(" published figures ")
                .append(recomputed())
                .append(" can be recomputed from the released outputs; ")
                .append(equal())
                .append(" of these are equal to the last printed digit. All others are explained in their row.\n\n")
                .append("| part | figures | recomputed | equal |\n|---|---|---|---|\n");
        for (Section section : sections) {
            long recomputed = section.figures().stream()
                    .filter(figure -> !figure.recomputed().isEmpty())
                    .count();
            long equal = section.figures().stream().filter(Figure::equal).count();
            page.append("| ")
                    .append(section.title())
                    .append(" | ")
                    .append(section.figures().size())
                    .append(" | ")
                    .append(recomputed)
                    .append(" | ")
                    .append(equal)
                    .append(" |\n");
        }
        sections.forEach(section -> write(section, page));
        return page.toString();
    }

    private static void write(Section section, StringBuilder page) {
        page.append("\n## ")
                .append(section.title())
                .append("\n\nFrom ")
                .append(section.source())
                .append(".\n\n");
        page.append("| figure | published | recomputed | |\n|---|---|---|---|\n");
        for (Figure figure : section.figures()) {
            page.append("| ")
                    .append(figure.name())
                    .append(" | ")
                    .append(figure.published())
                    .append(" | ")
                    .append(figure.recomputed())
                    .append(" | ")
                    .append(figure.verdict())
                    .append(" |\n");
        }
    }
}
