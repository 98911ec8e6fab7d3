package org.reg2rg.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.ct.GridSize;

/**
 * Everything around a report that a reader or an auditor asks for.
 *
 * @param notices what must stand at the top of every output, most important first; the first is the research notice
 * @param study the CT
 * @param model the weights
 * @param settings what decides the text: equal settings, inputs and weights give equal bytes
 * @param provenance the only place for time stamps, absolute paths and the machine
 * @param warnings what was noticed on the way (about HU, orientation, masks)
 * @param maskChecks what the checks of the masks found, as JSON
 * @param likeness how like its training studies the model finds the CT, where it has a measure of that
 */
public record ReportFacts(
        List<String> notices,
        Study study,
        Model model,
        Map<String, Object> settings,
        Map<String, Object> provenance,
        List<String> warnings,
        List<Map<String, Object>> maskChecks,
        Optional<Likeness> likeness) {
    /** Stands in every output. */
    public static final String NOTICE =
            "Research use only: this report is a machine-made draft, not a diagnosis, and not for clinical use.";

    public ReportFacts {
        notices = List.copyOf(notices);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        warnings = List.copyOf(warnings);
        maskChecks = List.copyOf(maskChecks);
    }

    /**
     * @param file name without folder
     * @param spacingMm along the array axes
     * @param orientation code of the array axes, such as RAS
     */
    public record Study(String file, String sha256, GridSize size, List<Double> spacingMm, String orientation) {
        public Study {
            spacingMm = List.copyOf(spacingMm);
        }
    }

    /**
     * @param sha256 over the files of the model folder
     * @param about what the weights are, in a sentence
     */
    public record Model(String name, String sha256, String about) {}
}
