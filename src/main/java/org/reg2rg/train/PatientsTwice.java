package org.reg2rg.train;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.reg2rg.data.StudyFiles;

/** Notices patients of whom a model learns one study and is asked about another, which it then knows too well. */
final class PatientsTwice {
    private static final int NAMED = 3;

    private PatientsTwice() {}

    /** One line if there is such a patient; studies without a folder of their patient's tell nothing. */
    static Optional<String> warning(List<StudyFiles> learned, List<StudyFiles> held) {
        var known = learned.stream().map(StudyFiles::patient).collect(Collectors.toSet());
        var twice = new TreeSet<String>();
        held.stream()
                .map(StudyFiles::patient)
                .filter(patient -> !patient.isEmpty() && known.contains(patient))
                .forEach(twice::add);
        if (twice.isEmpty()) {
            return Optional.empty();
        }
        String names = twice.stream().limit(NAMED).collect(Collectors.joining(", "));
        return Optional.of(
                "Warning: " + twice.size() + " of the patients that the model is asked about are also learned from ("
                        + names + (twice.size() > NAMED ? ", …" : "")
                        + "), so the validation looks better than it is; split by patient");
    }
}
