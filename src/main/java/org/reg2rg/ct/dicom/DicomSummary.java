package org.reg2rg.ct.dicom;

import java.util.Locale;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Orientation;

/**
 * What is in a study, in words. Nothing that names the patient is in it, unless it is asked for.
 *
 * @param study its series
 * @param choice which of them would be read
 * @param keepIdentifiers whether name, number and dates of the patient are printed
 */
record DicomSummary(Study study, SeriesChoice choice, boolean keepIdentifiers) {
    String text() {
        var text = new StringBuilder();
        text.append("DICOM, ").append(choice.verdicts().size()).append(" series\n");
        boolean first = true;
        for (SeriesChoice.Verdict verdict : choice.verdicts()) {
            text.append(series(verdict, first && verdict.usable()));
            first = false;
        }
        for (String note : study.notes()) {
            text.append("  note: ").append(note).append('\n');
        }
        return text.toString();
    }

    private String series(SeriesChoice.Verdict verdict, boolean chosen) {
        SeriesFacts facts = verdict.series().facts();
        var text = new StringBuilder();
        text.append(chosen ? "* " : "  ");
        facts.identity().number().ifPresent(number -> text.append(number).append(' '));
        text.append(facts.kind().modality());
        String description = facts.reconstruction().description();
        if (!description.isEmpty()) {
            text.append(" \"").append(description).append('"');
        }
        text.append(", ").append(verdict.series().files());
        text.append(verdict.series().files() == 1 ? " file\n" : " files\n");
        line(text, "series", facts.identity().uid());
        line(text, chosen ? "would be read" : verdict.usable() ? "usable" : "not used", verdict.reason());
        line(text, "scanner", facts.reconstruction().scanner());
        line(text, "stored as", facts.kind().syntax());
        verdict.stack().ifPresent(stack -> aboutStack(text, stack, chosen));
        if (keepIdentifiers) {
            aboutPerson(text, facts.person());
        }
        return text.toString();
    }

    private static void aboutStack(StringBuilder text, Stack stack, boolean chosen) {
        GridSize size = stack.grid().size();
        double[] mm = stack.grid().spacing();
        line(
                text,
                "volume",
                String.format(
                        Locale.ROOT,
                        "%s voxels of %.3f × %.3f × %.3f mm, %s",
                        size,
                        mm[0],
                        mm[1],
                        mm[2],
                        Orientation.of(stack.grid().toWorld()).code()));
        if (!chosen) { // those of the chosen one stand among the warnings of its volume
            stack.notes().forEach(note -> line(text, "note", note));
        }
    }

    private static void aboutPerson(StringBuilder text, SeriesFacts.Person person) {
        line(text, "patient", SeriesFacts.printable(person.name()));
        line(text, "patient ID", SeriesFacts.printable(person.id()));
        line(text, "born", SeriesFacts.printable(person.birthDate()));
        line(text, "study date", SeriesFacts.printable(person.studyDate()));
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("    ").append(name).append(": ").append(value).append('\n');
        }
    }
}
