package org.reg2rg.data;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;
import org.reg2rg.ct.Region;

/**
 * A data set in the layout of CT-RATE and RadGenome-ChestCT: {@code images/<patient>/<accession>/<name>.nii.gz},
 * {@code masks/seg_<name>/<region>.nii.gz}, {@code reports.csv} and, where there are splits, {@code splits.csv}. Only names and
 * tables are read here; what has no mask or no volume is left out with the reason, and the rest goes on.
 *
 * @param studies that can be used, by name
 * @param leftOut what cannot
 */
public record StudyFolder(Path folder, List<StudyFiles> studies, List<LeftOut> leftOut) {
    private static final int DEPTH = 3;
    private static final String REPORTS = "reports.csv";
    private static final String SPLITS = "splits.csv";

    public StudyFolder {
        studies = List.copyOf(studies);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Lists a data set.
     *
     * @throws InputException if there is no such folder or no study in it can be used
     */
    public static StudyFolder open(Path folder) throws IOException {
        Path images = folder.resolve("images");
        if (!Files.isDirectory(images)) {
            throw new InputException(
                    folder.toString(),
                    Files.isDirectory(folder) ? "there is no folder 'images' in it" : "no such folder",
                    "give a folder with images/<patient>/<accession>/<name>.nii.gz and masks/seg_<name>/<region>.nii.gz");
        }
        var leftOut = new ArrayList<LeftOut>();
        SequencedMap<String, Path> volumes = volumes(images, leftOut);
        RegionReports reports = reports(folder.resolve(REPORTS), leftOut);
        Map<String, String> splits = splits(folder.resolve(SPLITS));
        var studies = new ArrayList<StudyFiles>();
        volumes.forEach((name, ct) -> {
            Map<Region, String> texts = reports.texts().getOrDefault(name, Map.of());
            SequencedMap<Region, Path> masks = masks(folder.resolve("masks"), name);
            if (masks.isEmpty()) {
                leftOut.add(LeftOut.study(name, "there is no mask of any region"));
                return;
            }
            texts.keySet().stream()
                    .filter(region -> !masks.containsKey(region))
                    .forEach(region -> leftOut.add(LeftOut.region(name, region, "it is reported but has no mask")));
            studies.add(
                    new StudyFiles(name, patient(images, ct), Optional.ofNullable(splits.get(name)), ct, masks, texts));
        });
        reports.texts().keySet().stream()
                .filter(name -> !volumes.containsKey(name))
                .forEach(name -> leftOut.add(LeftOut.study(name, "it is reported but has no volume")));
        if (studies.isEmpty()) {
            throw unusable(folder, volumes.isEmpty() ? List.of() : leftOut);
        }
        return new StudyFolder(folder, studies, leftOut);
    }

    private static InputException unusable(Path folder, List<LeftOut> leftOut) {
        return new InputException(
                folder.toString(),
                leftOut.isEmpty()
                        ? "there is no study in it"
                        : "no study of it can be used; " + leftOut.size() + " left out, the first: "
                                + leftOut.getFirst(),
                "it must have images/<patient>/<accession>/<name>.nii.gz with masks/seg_<name>/<region>.nii.gz");
    }

    /** Name → file, by name. */
    private static SequencedMap<String, Path> volumes(Path images, List<LeftOut> leftOut) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(images, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            files = walk.filter(file -> isVolume(name(file)) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
        var volumes = new TreeMap<String, Path>();
        for (Path file : files) {
            Path twin = volumes.putIfAbsent(name(file), file);
            if (twin != null) {
                leftOut.add(LeftOut.study(file.toString(), "another volume has this name: " + twin));
            }
        }
        return volumes;
    }

    private static boolean isVolume(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (lower.endsWith(".nii.gz") || lower.endsWith(".nii"));
    }

    private static String patient(Path images, Path ct) {
        Path inside = images.relativize(ct);
        return inside.getNameCount() > 1 ? inside.getName(0).toString() : "";
    }

    /** The mask files of a study; its folder is named after the volume up to the first dot, as published. */
    private static SequencedMap<Region, Path> masks(Path folder, String volume) {
        Path own = folder.resolve("seg_" + volume.substring(0, volume.indexOf('.')));
        var masks = new LinkedHashMap<Region, Path>();
        for (Region region : Region.values()) {
            Stream.of(".nii.gz", ".nii")
                    .map(ending -> own.resolve(region.datasetName() + ending))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .ifPresent(file -> masks.put(region, file));
        }
        return masks;
    }

    private static RegionReports reports(Path file, List<LeftOut> leftOut) throws IOException {
        if (!Files.exists(file)) {
            leftOut.add(LeftOut.study(REPORTS, "there is no such file, so no study has a report"));
            return new RegionReports(Map.of(), List.of());
        }
        RegionReports reports = RegionReports.read(file);
        leftOut.addAll(reports.leftOut());
        return reports;
    }

    private static Map<String, String> splits(Path file) throws IOException {
        var splits = new HashMap<String, String>();
        if (Files.exists(file)) {
            CsvTable table = CsvTable.open(file);
            int volume = RegionReports.column(table, "Volumename");
            int split = RegionReports.column(table, "Split");
            table.read((_, cells) -> {
                if (cells.size() == table.header().size()) {
                    splits.put(cells.get(volume).strip(), cells.get(split).strip());
                }
            });
        }
        return splits;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /**
     * The studies of a split.
     *
     * @throws InputException with the splits that there are, if none has this name
     */
    public List<StudyFiles> split(String name) {
        List<StudyFiles> chosen = studies.stream()
                .filter(study -> study.split().filter(name::equals).isPresent())
                .toList();
        if (chosen.isEmpty()) {
            List<String> known = studies.stream()
                    .flatMap(study -> study.split().stream())
                    .distinct()
                    .sorted()
                    .toList();
            throw new InputException(
                    folder.toString(),
                    "no study is in the split '" + name + "'",
                    known.isEmpty() ? "write a splits.csv, or name no split" : Names.hint(name, known));
        }
        return chosen;
    }
}
