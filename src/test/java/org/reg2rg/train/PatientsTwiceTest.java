package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reg2rg.data.StudyFiles;

class PatientsTwiceTest {
    private static List<StudyFiles> of(String... patients) {
        return Stream.of(patients)
                .map(patient -> new StudyFiles(
                        "ct.nii.gz", patient, Optional.empty(), Path.of("ct"), new LinkedHashMap<>(), Map.of()))
                .toList();
    }

    @Test
    void aPatientInBothSplitsIsNamed() {
        assertThat(PatientsTwice.warning(of("a", "b", "b"), of("b", "c", "b")))
                .contains("Warning: 1 of the patients that the model is asked about are also learned from (b), so the"
                        + " validation looks better than it is; split by patient");
        assertThat(PatientsTwice.warning(of("a", "b", "c", "d"), of("d", "c", "b", "a")))
                .hasValueSatisfying(text -> assertThat(text).contains("4 of the patients", "(a, b, c, …)"));
    }

    @Test
    void otherPatientsAndUnknownOnesAreFine() {
        assertThat(PatientsTwice.warning(of("a", ""), of("b", ""))).isEmpty();
    }
}
