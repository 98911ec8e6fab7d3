package org.reg2rg.cohort;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import tools.jackson.databind.JsonNode;

/**
 * Writes a cohort in the layout of CT-RATE and RadGenome-ChestCT. A study is finished when its file under {@code
 * studies/} is there, which is written last; a later run goes on behind the finished ones, and gives the same bytes as a
 * straight one. Tables are made from these files at the end.
 */
public final class CohortWriter {
    private final Cohort cohort;
    private final Path out;
    private final boolean findingMasks;

    /** @param findingMasks whether each finding gets a mask file of its own under {@code findings/} */
    public CohortWriter(Cohort cohort, Path out, boolean findingMasks) {
        this.cohort = cohort;
        this.out = out;
        this.findingMasks = findingMasks;
    }

    /**
     * Draws and writes what is missing.
     *
     * @return how many studies were drawn now
     * @throws InputException if the folder holds another cohort
     */
    public int write(int workers, Progress progress) throws IOException {
        claim();
        int[] drawn = {0};
        int finished = 0;
        for (int n = 0; n < cohort.studies(); n++) {
            finished += Files.exists(record(n)) ? 1 : 0;
        }
        progress.advance(finished, "");
        cohort.each(
                workers,
                n -> !Files.exists(record(n)),
                (n, study) -> {
                    write(n, study);
                    return study.name().volume();
                },
                (n, name) -> {
                    drawn[0]++;
                    progress.advance(1, name);
                });
        tables();
        return drawn[0];
    }

    /** Refuses a folder in which a different cohort was begun; more studies of the same one may be added. */
    private void claim() throws IOException {
        Path file = out.resolve("cohort.json");
        var mine = new LinkedHashMap<String, Object>();
        mine.put("seed", cohort.seed());
        mine.put("size", cohort.size().toString());
        mine.put("finding_masks", findingMasks);
        if (Files.exists(file)) {
            JsonNode there = Json.read(file);
            if (!there.equals(Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(mine)))) {
                throw new InputException(
                        out.toString(),
                        "holds another cohort (expected " + oneLine(mine) + ", got " + oneLine(there) + ")",
                        "choose another --out, or repeat the options with which it was begun");
            }
        } else {
            Json.write(file, mine);
        }
    }

    private static String oneLine(Object value) {
        return Json.MAPPER.writeValueAsString(value).replaceAll("\\s+", " ");
    }

    private Path record(int n) {
        return out.resolve("studies").resolve(cohort.name(n).volume() + ".json");
    }

    private Path picture(int n) {
        return out.resolve("studies").resolve(cohort.name(n).volume() + ".jpg");
    }

    private void write(int n, PhantomStudy study) throws IOException {
        StudyName name = study.name();
        NiftiWriter.writeInt16(
                out.resolve("images")
                        .resolve(name.patient())
                        .resolve(name.accession())
                        .resolve(name.accNum()),
                study.volume());
        Path masks = out.resolve("masks").resolve("seg_" + name.volume());
        for (Region region : Region.values()) {
            RegionMask mask = study.mask(region);
            if (!mask.isEmpty()) {
                NiftiWriter.writeMask(masks.resolve(region.datasetName() + ".nii.gz"), mask);
            }
        }
        List<String> own = findingMasks ? findingMasks(study) : List.of();
        if (n < ContactSheet.SHOWN) {
            byte[] jpeg = Picture.of(study);
            AtomicFiles.write(picture(n), stream -> stream.write(jpeg));
        }
        AtomicFiles.write(record(n), TruthLine.of(study, cohort.split(n), own) + "\n");
    }

    private List<String> findingMasks(PhantomStudy study) throws IOException {
        var paths = new ArrayList<String>();
        for (int n = 0; n < study.findings().size(); n++) {
            TrueFinding f = study.findings().get(n);
            String title = f.type().title().toLowerCase(Locale.ROOT).replace(' ', '_');
            String path = "findings/" + study.name().volume() + "/" + (n + 1) + "_" + title + ".nii.gz";
            NiftiWriter.writeMask(
                    out.resolve(path), new RegionMask.Binary(study.volume().grid(), f.voxels()));
            paths.add(path);
        }
        return paths;
    }

    private void tables() throws IOException {
        var truth = new ArrayList<String>();
        for (int n = 0; n < cohort.studies(); n++) {
            truth.add(Files.readString(record(n)).strip());
        }
        AtomicFiles.write(out.resolve("truth.jsonl"), String.join("\n", truth) + "\n");
        csv(out.resolve("reports.csv"), writer -> {
            writer.writeRecord("Volumename", "Anatomy", "Sentence");
            for (String line : truth) {
                reportRows(writer, Json.MAPPER.readTree(line));
            }
        });
        csv(out.resolve("splits.csv"), writer -> {
            writer.writeRecord("Volumename", "Patient", "Split");
            for (int n = 0; n < cohort.studies(); n++) {
                writer.writeRecord(cohort.name(n).accNum(), cohort.name(n).patient(), cohort.split(n));
            }
        });
        ContactSheet.write(out.resolve("index.html"), truth, out.resolve("studies"));
    }

    private static void reportRows(CsvWriter writer, JsonNode truth) {
        for (var region : truth.get("regions").properties()) {
            var sentences = new ArrayList<String>();
            region.getValue()
                    .get("sentences")
                    .forEach(s -> sentences.add(s.get("text").asString()));
            if (!sentences.isEmpty()) {
                writer.writeRecord(truth.get("volume").asString(), region.getKey(), String.join(" ", sentences));
            }
        }
    }

    private interface Rows {
        void writeTo(CsvWriter writer);
    }

    private static void csv(Path file, Rows rows) throws IOException {
        AtomicFiles.write(file, stream -> {
            CsvWriter writer = CsvTable.writer(stream);
            rows.writeTo(writer);
            writer.flush();
        });
    }
}
