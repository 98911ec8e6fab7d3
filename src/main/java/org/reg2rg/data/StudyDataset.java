package org.reg2rg.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Region;

/**
 * Studies by number, read from the disk when they are asked for; for training. What cannot be read is told once and then known.
 * Safe to be read from several threads.
 */
public final class StudyDataset {
    private final List<StudyFiles> studies;
    private final StudyReader reader;
    private final Map<Integer, List<LeftOut>> leftOut = new ConcurrentHashMap<>();
    private final List<LeftOut> unreported;

    /** @param studies of which those with at least one reported region that has a mask are used, as published */
    public StudyDataset(List<StudyFiles> studies, StudyReader reader) {
        this.studies =
                studies.stream().filter(study -> !study.reported().isEmpty()).toList();
        this.unreported = studies.stream()
                .filter(study -> study.reported().isEmpty())
                .map(study -> LeftOut.study(study.name(), "no region of it has both a mask and a report"))
                .toList();
        this.reader = reader;
        if (this.studies.isEmpty()) {
            throw new InputException(
                    "data set",
                    "none of its " + studies.size() + " studies has a region with both a mask and a report",
                    "check the names in reports.csv: Volumename is the file name of the volume");
        }
    }

    /**
     * One study for training.
     *
     * @param texts region → its report, as written, of all regions of {@code input}
     */
    public record Example(String name, StudyInput input, SequencedMap<Region, String> texts) {}

    /** How many studies there are, those included that turn out unreadable. */
    public int size() {
        return studies.size();
    }

    public StudyFiles files(int number) {
        return studies.get(number);
    }

    /** A study with its reported regions; empty if it cannot be read, which {@link #leftOut} then tells. */
    public Optional<Example> read(int number) throws IOException {
        StudyFiles study = studies.get(number);
        try {
            StudyReader.Read read = reader.read(study, study.reported());
            leftOut.put(number, read.leftOut());
            var texts = new LinkedHashMap<Region, String>();
            read.input().regions().keySet().forEach(region -> texts.put(region, study.text(region)));
            return Optional.of(new Example(study.name(), read.input(), texts));
        } catch (InputException e) {
            leftOut.put(number, List.of(LeftOut.study(study.name(), String.valueOf(e.getMessage()))));
            return Optional.empty();
        }
    }

    /** What was left out of the studies that were read so far, in their order; then those without anything to learn. */
    public List<LeftOut> leftOut() {
        var all = new ArrayList<LeftOut>();
        for (int number = 0; number < studies.size(); number++) {
            all.addAll(leftOut.getOrDefault(number, List.of()));
        }
        all.addAll(unreported);
        return List.copyOf(all);
    }
}
