package org.reg2rg.train;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.data.LeftOut;
import org.reg2rg.data.StudyFiles;
import org.reg2rg.data.StudyFolder;
import org.reg2rg.model.ModelConfig;

/** The studies that a run learns from, and those that it is asked about. */
sealed interface TrainingSources extends AutoCloseable {
    StudySource training();

    /** May be empty. */
    StudySource validation();

    /** The cohort, where there is one: what stages that look at findings learn from. */
    TrainingData drawn();

    /** Writes down what is not used, as far as is known by now. */
    void tell(RunFolder run) throws IOException;

    @Override
    void close();

    /** Draws and packs, or lists, what the config names. */
    static TrainingSources prepare(RunFolder run, ModelConfig model, int workers, Progress.Style style)
            throws IOException {
        TrainConfig config = run.config();
        return config.data().folder().isPresent()
                ? OnDisk.open(run, model, style)
                : new Drawn(TrainingData.prepare(config, run.data(), model, workers, style));
    }

    /** A cohort; everything of it is used. */
    record Drawn(TrainingData drawn) implements TrainingSources {
        @Override
        public StudySource training() {
            return new CropStudies(drawn.training());
        }

        @Override
        public StudySource validation() {
            return new CropStudies(drawn.validation());
        }

        @Override
        public void tell(RunFolder run) {}

        @Override
        public void close() {
            drawn.close();
        }
    }

    /**
     * A data folder.
     *
     * @param listed what its tables and names tell of what cannot be used
     */
    record OnDisk(FolderStudies training, Optional<FolderStudies> held, List<LeftOut> listed)
            implements TrainingSources {
        private static final int TOLD = 10;

        static OnDisk open(RunFolder run, ModelConfig model, Progress.Style style) throws IOException {
            TrainConfig.Data data = run.config().data();
            StudyFolder folder = StudyFolder.open(Path.of(data.folder().orElseThrow()));
            List<StudyFiles> held = data.validationSplit().isPresent()
                    ? folder.split(data.validationSplit().get())
                    : List.of();
            List<StudyFiles> learned = data.split().isPresent()
                    ? folder.split(data.split().get())
                    : folder.studies().stream()
                            .filter(study -> !held.contains(study))
                            .toList();
            var sources = new OnDisk(
                    new FolderStudies(learned, model),
                    held.isEmpty() ? Optional.empty() : Optional.of(new FolderStudies(held, model)),
                    folder.leftOut());
            sources.requireSame(run);
            sources.tell(run);
            PatientsTwice.warning(learned, held).ifPresent(System.err::println);
            if (style != Progress.Style.QUIET) {
                sources.leftOut().stream().limit(TOLD).forEach(one -> System.err.println("Left out: " + one));
                int more = sources.leftOut().size() - TOLD;
                System.err.print(more > 0 ? "… and " + more + " more, listed in " + run.leftOut() + "\n" : "");
            }
            return sources;
        }

        /** A resumed run draws the same studies only if the folder still has the same ones. */
        private void requireSame(RunFolder run) throws IOException {
            var rows = new ArrayList<List<String>>();
            training.names().forEach(name -> rows.add(List.of(name, "training")));
            held.ifPresent(studies -> studies.names().forEach(name -> rows.add(List.of(name, "validation"))));
            String table = csv(List.of("Volumename", "Use"), rows);
            if (!Files.exists(run.studies())) {
                AtomicFiles.write(run.studies(), table);
            } else if (!Files.readString(run.studies()).equals(table)) {
                throw new InputException(
                        run.config().data().folder().orElseThrow(),
                        "its studies are not those that this run began with (see " + run.studies() + ")",
                        "bring back what has changed, or start a new run");
            }
        }

        @Override
        public TrainingData drawn() {
            throw new IllegalStateException("a data folder is no cohort");
        }

        @Override
        public StudySource validation() {
            return held.<StudySource>map(studies -> studies).orElse(NoStudies.NONE);
        }

        private List<LeftOut> leftOut() {
            var all = new ArrayList<>(listed);
            all.addAll(training.leftOut());
            held.ifPresent(studies -> all.addAll(studies.leftOut()));
            return all;
        }

        @Override
        public void tell(RunFolder run) throws IOException {
            List<List<String>> rows = leftOut().stream()
                    .map(one -> List.of(
                            one.study(), one.region().map(Region::datasetName).orElse(""), one.reason()))
                    .toList();
            AtomicFiles.write(run.leftOut(), csv(List.of("Study", "Region", "Reason"), rows));
        }

        private static String csv(List<String> header, List<List<String>> rows) throws IOException {
            var text = new StringWriter();
            try (CsvWriter csv = CsvWriter.builder().build(text)) {
                csv.writeRecord(header);
                rows.forEach(csv::writeRecord);
            }
            return text.toString();
        }

        @Override
        public void close() {}
    }
}
