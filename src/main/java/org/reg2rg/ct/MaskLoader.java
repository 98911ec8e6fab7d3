package org.reg2rg.ct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;

/**
 * Reads region masks: a folder with one file per region ({@code lung.nii.gz}, the RadGenome layout), or one label map
 * whose numbers 1 to 10 are the regions in order. Files are read side by side, in pieces; only the
 * masks are kept.
 */
public final class MaskLoader {
    private static final String LABELS = "labels";

    private final Grid ct;
    private final Optional<MaskTable> table;
    private final OptionalDouble threshold;
    private final SequencedMap<Region, RegionMask> masks = new TreeMap<>();
    private final Map<Region, Map<String, String>> sources = new TreeMap<>();

    private MaskLoader(Grid ct, Optional<MaskTable> table, OptionalDouble threshold) {
        this.ct = ct;
        this.table = table;
        this.threshold = threshold;
    }

    /**
     * How masks are to be read.
     *
     * @param table joins files or labels into regions ({@code --mask-table}); files that neither it nor a region names
     *     are then left alone
     * @param threshold the mask is {@code value > threshold} ({@code --mask-threshold})
     */
    public record Options(Optional<Path> table, OptionalDouble threshold) {
        public static final Options NONE = new Options(Optional.empty(), OptionalDouble.empty());
    }

    /**
     * Reads the masks of one study, in the order of {@link Region}.
     *
     * @param path a folder, a label map, or the mask file of one region
     * @param ct the grid on which the masks must lie
     * @throws InputException if a name is unknown, a grid differs, values are no mask, or there is nothing
     */
    public static RegionMasks load(Path path, Grid ct, Options options) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException(path.toString(), "no such file or folder", "check the path after --masks");
        }
        Optional<MaskTable> table = options.table().isPresent()
                ? Optional.of(MaskTable.read(options.table().get()))
                : Optional.empty();
        var loader = new MaskLoader(ct, table, options.threshold());
        if (Files.isDirectory(path)) {
            loader.folder(path);
        } else {
            loader.file(path);
        }
        return new RegionMasks(loader.masks, loader.sources);
    }

    private void folder(Path folder) throws IOException {
        var wanted = new LinkedHashMap<Path, List<Region>>();
        SequencedMap<String, Path> files = niftiFiles(folder);
        Path labels = files.get(LABELS);
        boolean onlyLabels = files.size() == 1 && labels != null;
        if (labels != null && (onlyLabels || table.flatMap(MaskTable::labels).isPresent())) {
            labelMap(labels);
            return;
        }
        if (table.isPresent()) {
            joined(folder, files, table.get(), wanted);
        } else {
            files.remove(LABELS);
            for (var entry : files.entrySet()) {
                wanted.put(
                        entry.getValue(), List.of(Region.parse(entry.getValue().toString(), entry.getKey())));
            }
        }
        addAll(wanted);
        if (masks.isEmpty()) {
            throw new InputException(
                    folder.toString(),
                    "no mask file (expected names such as lung.nii.gz)",
                    "use the names " + String.join(", ", Region.datasetNames()) + ", or give --mask-table");
        }
    }

    /** What the table names, and region files of regions that it does not name. */
    private static void joined(
            Path folder, SequencedMap<String, Path> files, MaskTable rows, Map<Path, List<Region>> wanted) {
        for (var row : rows.regions().entrySet()) {
            Path file = files.get(stem(row.getKey()));
            if (file == null) {
                throw new InputException(
                        rows.subject(),
                        "there is no '" + row.getKey() + "' in " + folder,
                        Names.hint(row.getKey(), fileNames(files)));
            }
            wanted.put(file, row.getValue());
            files.remove(stem(row.getKey()));
        }
        List<Region> named =
                rows.regions().values().stream().flatMap(List::stream).toList();
        for (var entry : files.entrySet()) {
            Optional<Region> region = Region.find(entry.getKey());
            if (region.isPresent() && !named.contains(region.get())) {
                wanted.put(entry.getValue(), List.of(region.get()));
            }
        }
    }

    private static List<String> fileNames(SequencedMap<String, Path> files) {
        return files.values().stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private void file(Path file) throws IOException {
        String stem = stem(name(file));
        Optional<Region> region = Region.find(stem);
        if (table.isEmpty() && region.isPresent()) {
            addAll(Map.of(file, List.of(region.get())));
            return;
        }
        if (table.isPresent() && table.get().labels().isEmpty()) {
            List<Region> named = table.get().regions().get(name(file));
            if (named == null) {
                throw new InputException(
                        table.get().subject(),
                        "names files, but --masks is the one file " + name(file),
                        "give label numbers as sources, or a folder after --masks");
            }
            addAll(Map.of(file, named));
            return;
        }
        labelMap(file);
    }

    private void labelMap(Path file) throws IOException {
        if (threshold.isPresent()) {
            throw new InputException(
                    file.toString(),
                    "a label map has no threshold",
                    "leave --mask-threshold out, or give single masks");
        }
        SequencedMap<Integer, List<Region>> regions =
                table.flatMap(MaskTable::labels).orElseGet(MaskLoader::inOrder);
        try (NiftiFile nifti = NiftiFile.open(file)) {
            GridCheck.require(file.toString(), ct, nifti.grid());
            var values = new LabelValues(file.toString(), ct, regions, table.isEmpty());
            String sha256 = nifti.stream(values);
            masks.putAll(values.masks());
            masks.keySet().forEach(region -> sources.put(region, Map.of(name(file), sha256)));
        }
    }

    /** Label n is region n, counted from 1. */
    private static SequencedMap<Integer, List<Region>> inOrder() {
        var regions = new LinkedHashMap<Integer, List<Region>>();
        for (Region region : Region.values()) {
            regions.put(region.ordinal() + 1, List.of(region));
        }
        return regions;
    }

    /** Reads files side by side, as unzipping is most of the work; what comes of it is as if read in their order. */
    private void addAll(Map<Path, List<Region>> files) throws IOException {
        List<MaskFile> read =
                List.copyOf(files.keySet()).parallelStream().map(this::read).toList();
        for (MaskFile one : read) {
            MaskFile.Read file = one.orThrow();
            for (Region region : files.getOrDefault(file.path(), List.of())) {
                masks.merge(region, file.mask(), RegionMask::or);
                sources.computeIfAbsent(region, r -> new LinkedHashMap<>()).put(name(file.path()), file.sha256());
            }
        }
    }

    private MaskFile read(Path file) {
        try (NiftiFile nifti = NiftiFile.open(file)) {
            GridCheck.require(file.toString(), ct, nifti.grid());
            var values = new MaskValues(file.toString(), ct, threshold);
            String sha256 = nifti.stream(values);
            return new MaskFile.Read(file, values.mask(), sha256);
        } catch (InputException e) {
            return new MaskFile.Refused(file, e);
        } catch (IOException e) {
            return new MaskFile.Unread(file, e);
        }
    }

    /** Name without its ending → file, for every NIfTI file in a folder, sorted. */
    private static SequencedMap<String, Path> niftiFiles(Path folder) throws IOException {
        List<Path> sorted;
        try (Stream<Path> list = Files.list(folder)) {
            sorted = list.filter(Files::isRegularFile)
                    .filter(file -> !name(file).startsWith("."))
                    .filter(file -> !stem(name(file)).equals(name(file)))
                    .sorted()
                    .toList();
        }
        var files = new TreeMap<String, Path>();
        for (Path file : sorted) {
            Path twin = files.put(stem(name(file)), file);
            if (twin != null) {
                throw new InputException(
                        folder.toString(), "both " + name(twin) + " and " + name(file) + " are there", "keep one");
            }
        }
        return files;
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    /** A file name without {@code .nii} or {@code .nii.gz}. */
    private static String stem(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String ending : new String[] {".nii.gz", ".nii"}) {
            if (lower.endsWith(ending)) {
                return name.substring(0, name.length() - ending.length());
            }
        }
        return name;
    }
}
