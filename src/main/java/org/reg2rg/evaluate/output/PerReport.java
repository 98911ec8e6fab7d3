package org.reg2rg.evaluate.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.CsvTable;
import org.reg2rg.evaluate.Evaluation;
import org.reg2rg.evaluate.Study;
import org.reg2rg.evaluate.clinical.FindingBits;
import org.reg2rg.evaluate.metric.TextMetric;
import org.reg2rg.report.Finding;

/** {@code per_report.csv}: one row a report with its scores, findings and what is odd about it. */
public final class PerReport {
    private PerReport() {}

    /** Writes the table, whole or not at all. */
    public static void write(Path file, Evaluation evaluation) throws IOException {
        double[][] scores = evaluation.whole().scores();
        int[] references = evaluation.whole().referenceLabels();
        int[] predictions = evaluation.whole().predictionLabels();
        AtomicFiles.write(file, out -> {
            CsvWriter csv = CsvTable.writer(out);
            csv.writeRecord(header());
            for (Study study : evaluation.studies()) {
                var row = new ArrayList<String>();
                row.add(study.id());
                for (TextMetric metric : TextMetric.values()) {
                    row.add(number(scores[metric.ordinal()][study.index()]));
                }
                row.add(String.valueOf(study.words().reference()));
                row.add(String.valueOf(study.words().prediction()));
                row.add(number(study.recognition()));
                row.add(number(study.strictRecognition()));
                int place = study.labels().orElse(-1);
                row.addAll(place < 0 ? List.of("", "", "") : findings(references[place], predictions[place]));
                row.add(study.words().note().orElse(""));
                csv.writeRecord(row);
            }
            csv.flush();
        });
    }

    private static List<String> header() {
        var header = new ArrayList<String>();
        header.add("id");
        for (TextMetric metric : TextMetric.values()) {
            header.add(metric.key());
        }
        header.addAll(List.of(
                "reference_words",
                "prediction_words",
                "recognition",
                "recognition_strict",
                "found",
                "omitted",
                "invented",
                "note"));
        return header;
    }

    private static List<String> findings(int reference, int prediction) {
        return List.of(names(reference & prediction), names(reference & ~prediction), names(prediction & ~reference));
    }

    private static String names(int bits) {
        return FindingBits.toSet(bits).stream().map(Finding::label).collect(Collectors.joining("; "));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }
}
