package org.reg2rg.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.NiftiReader;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.dicom.DicomSegmentation;
import org.reg2rg.ct.dicom.RtStruct;
import org.reg2rg.ct.morphology.VoxelSet;

/** Turns what other tools wrote into the ten regions on the grid of the CT, by geometry and never by array order. */
public final class MaskImport {
    private static final double PLEURA_MM = 2.5;

    private final CtVolume ct;
    private final NameTable table;
    private final Map<Region, Bits> regions = new EnumMap<>(Region.class);
    private final Map<Region, List<String>> used = new EnumMap<>(Region.class);
    private final Map<Region, Map<String, String>> sources = new EnumMap<>(Region.class);
    private final List<String> ignored = new ArrayList<>();

    private MaskImport(CtVolume ct, NameTable table) {
        this.ct = ct;
        this.table = table;
    }

    /** Where the masks come from. */
    public enum From {
        TOTALSEGMENTATOR,
        SAT,
        RADGENOME,
        LABELMAP,
        RTSTRUCT,
        DICOM_SEG
    }

    /**
     * What was brought in.
     *
     * @param used region → the structures that it was joined from
     * @param empty regions whose structures hold nothing here: they lie outside the field of view
     * @param ignored structures that belong to no region
     */
    public record Imported(
            RegionMasks masks, Map<Region, List<String>> used, Set<Region> empty, List<String> ignored) {}

    /**
     * Reads masks of another tool.
     *
     * @param given a file or a folder of files
     * @param from which tool's; chosen by content where empty
     * @param tableName a shipped table or a CSV file; the tool's own where empty
     * @throws InputException if nothing in it belongs to a region, or it lies elsewhere than the CT
     */
    public static Imported read(Path given, CtVolume ct, Optional<From> from, Optional<String> tableName)
            throws IOException {
        MaskSource source = MaskSource.of(given, from);
        NameTable table = tableName.isPresent() ? NameTable.of(tableName.get()) : own(source.kind());
        var reader = new MaskImport(ct, table);
        switch (source.kind()) {
            case TOTALSEGMENTATOR, SAT, RADGENOME, LABELMAP -> reader.nifti(source.path());
            case RTSTRUCT -> reader.named(RtStruct.read(source.path(), ct.grid()));
            case DICOM_SEG -> reader.named(DicomSegmentation.read(source.path(), ct.grid()));
        }
        return reader.result(source.path());
    }

    private static NameTable own(From kind) throws IOException {
        return switch (kind) {
            case TOTALSEGMENTATOR ->
                NameTable.shipped("totalsegmentator-v2").with(NameTable.shipped("totalsegmentator-v1"));
            case SAT, RADGENOME, LABELMAP, RTSTRUCT, DICOM_SEG -> NameTable.allNames();
        };
    }

    private void nifti(Path source) throws IOException {
        if (!Files.isDirectory(source)) {
            file(source);
            return;
        }
        for (Path file : MaskSource.niftiFiles(source)) {
            Optional<Region> region = table.find(name(file)).orElse(Optional.empty());
            if (region.isEmpty()) {
                ignored.add(name(file));
            } else {
                LoadedCt loaded = load(file);
                add(region.get(), above(loaded.volume()), loaded.volume().grid(), name(file));
                sources.computeIfAbsent(region.get(), r -> new LinkedHashMap<>())
                        .put(name(file), loaded.sha256());
            }
        }
    }

    /** One file: of a structure, by its name; or a label map. */
    private void file(Path file) throws IOException {
        LoadedCt loaded = load(file);
        float[] values = loaded.volume().hu();
        Optional<Region> named = table.find(name(file)).orElse(Optional.empty());
        if (named.isPresent()) {
            add(named.get(), above(loaded.volume()), loaded.volume().grid(), name(file));
            sources.computeIfAbsent(named.get(), r -> new LinkedHashMap<>()).put(name(file), loaded.sha256());
            return;
        }
        LabelMap labels = LabelMap.of(file, values, table);
        labels.regions().forEach((region, bits) -> {
            add(region, bits, loaded.volume().grid(), name(file));
            sources.computeIfAbsent(region, r -> new LinkedHashMap<>()).put(name(file), loaded.sha256());
        });
        labels.unknown().forEach(label -> ignored.add("label " + label));
    }

    private void named(SequencedMap<String, RegionMask> structures) {
        structures.forEach((name, mask) -> {
            Optional<Region> region = table.find(name).orElse(Optional.empty());
            if (region.isEmpty()) {
                ignored.add(name);
            } else {
                add(region.get(), MaskComparison.bits(mask), mask.grid(), name);
            }
        });
    }

    private static LoadedCt load(Path file) throws IOException {
        var reader = new NiftiReader();
        if (!reader.recognises(file)) {
            throw new InputException(file.toString(), "is no NIfTI file", "say with --from what kind of masks it is");
        }
        return reader.load(file);
    }

    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static Bits above(CtVolume volume) {
        float most = 0;
        for (float v : volume.hu()) {
            most = Math.max(most, v);
        }
        float half = most / 2;
        Bits bits = new Bits(volume.hu().length);
        for (int n = 0; n < volume.hu().length; n++) {
            if (volume.hu()[n] > half) {
                bits.set(n);
            }
        }
        return bits;
    }

    private void add(Region region, Bits bits, Grid grid, String name) {
        Bits here = Regrid.onto(ct.grid(), bits, grid, name);
        Bits known = regions.get(region);
        if (known == null) {
            regions.put(region, here);
        } else {
            known.or(here);
        }
        used.computeIfAbsent(region, r -> new ArrayList<>()).add(name);
    }

    private Imported result(Path source) {
        if (regions.isEmpty()) {
            throw new InputException(
                    source.toString(),
                    "nothing in it belongs to a region by " + table.name() + " (there is "
                            + (ignored.isEmpty()
                                    ? "nothing"
                                    : String.join(
                                            ", ", ignored.stream().limit(8).toList()))
                            + ")",
                    "give a table: --table FILE.csv with the columns label,source,region");
        }
        Set<Region> empty = EnumSet.noneOf(Region.class);
        regions.forEach((region, bits) -> {
            if (bits.nextSet(0) < 0) {
                empty.add(region);
            }
        });
        empty.forEach(regions::remove);
        if (regions.isEmpty()) {
            throw new InputException(
                    source.toString(),
                    "all its masks are empty on this CT",
                    "check that it was made from this series and not from another one of the same patient");
        }
        Bits lung = regions.get(Region.LUNG);
        if (!regions.containsKey(Region.PLEURA) && lung != null) {
            GridSize size = ct.size();
            double least = Arrays.stream(ct.grid().spacing()).min().orElse(PLEURA_MM);
            VoxelSet shell = new VoxelSet(size, ct.grid().spacing(), lung).dilate(Math.max(PLEURA_MM, least));
            regions.put(Region.PLEURA, shell.bits());
            used.put(Region.PLEURA, List.of("derived: the lung and a shell of 2.5 mm"));
        }
        SequencedMap<Region, RegionMask> masks = new LinkedHashMap<>();
        for (Region region : Region.values()) {
            Bits bits = regions.get(region);
            if (bits != null) {
                masks.put(region, new RegionMask.Binary(ct.grid(), bits));
            }
        }
        return new Imported(new RegionMasks(masks, sources), used, empty, List.copyOf(ignored));
    }
}
