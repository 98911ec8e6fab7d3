package org.reg2rg.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reg2rg.core.ConfigRecords;
import org.reg2rg.core.Json;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.prompt.PromptVariant;
import org.reg2rg.prompt.SpecialTokens;
import org.reg2rg.tensor.Precision;

/**
 * {@code config.json} of a model folder: everything that the shapes of its weights cannot tell.
 *
 * @param format of this file
 * @param name of the model, for reports
 * @param about where it comes from and what it is good for
 * @param dtype number format it is computed in unless asked otherwise
 * @param prompt which published prompt it was trained with
 * @param gridMm spacing in mm of the arrays it learned, whose axes point to left, back and head (L, P, S)
 * @param inputSize voxels of the whole volume and of each region's texture
 * @param maskSize voxels of each region's mask
 * @param textureSize voxels of the textures of regions that have a size of their own, by data set name; none as published
 * @param slotTags whether the visual tokens of slot i carry the word embedding of the number i, at unit size; false as published
 * @param blankRegions whether nothing of what the regions show reaches the decoder: a twin that sees the whole volume only, to
 *     tell what the regions are worth; false as published
 * @param notice what every reader of its reports must be told first, if there is such a thing
 * @param maxRegions how many regions a study has at most
 * @param vision transformer of the whole volume and the textures
 * @param geometry transformer of the masks
 * @param perceiver between vision and language
 * @param language the decoder
 * @param lora its low-rank additions
 */
public record ModelConfig(
        String format,
        String name,
        String about,
        String dtype,
        String prompt,
        List<Double> gridMm,
        List<Integer> inputSize,
        List<Integer> maskSize,
        Optional<Map<String, List<Integer>>> textureSize,
        Optional<Boolean> slotTags,
        Optional<Boolean> blankRegions,
        Optional<String> notice,
        int maxRegions,
        VisionConfig vision,
        VisionConfig geometry,
        PerceiverConfig perceiver,
        LanguageConfig language,
        LoraConfig lora) {
    public static final String FORMAT = "reg2rg-model/1";

    /** The spacing of RadGenome-ChestCT in mm. */
    public static final List<Double> RADGENOME_GRID_MM = List.of(1.0, 1.0, 3.0);

    /** The file's name in a model folder. */
    public static final String FILE = "config.json";

    public ModelConfig {
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("format must be " + FORMAT + ", got '" + format + "'");
        }
        Precision.parse("dtype", dtype);
        PromptVariant.parse("prompt", prompt);
        gridMm = List.copyOf(gridMm);
        if (gridMm.size() != 3 || gridMm.stream().anyMatch(mm -> !(mm > 0))) {
            throw new IllegalArgumentException("grid_mm must be three positive numbers, got " + gridMm);
        }
        inputSize = Checks.three("input_size", inputSize);
        maskSize = Checks.three("mask_size", maskSize);
        Checks.positive("max_regions", maxRegions);
        vision.checkInput("input_size", inputSize);
        textureSize = textureSize.map(sizes -> Collections.unmodifiableMap(new TreeMap<>(sizes)));
        textureSize.ifPresent(sizes -> sizes.forEach((region, size) -> {
            Region.parse("texture_size", region);
            vision.checkInput("texture_size." + region, Checks.three("texture_size." + region, size));
        }));
        geometry.checkInput("mask_size", maskSize);
        if (geometry.channels() != 1) {
            throw new IllegalArgumentException("geometry.channels must be 1, got " + geometry.channels());
        }
    }

    /** A model with one size of textures, no slot tags and no notice, as published. */
    public ModelConfig(
            String format,
            String name,
            String about,
            String dtype,
            String prompt,
            List<Double> gridMm,
            List<Integer> inputSize,
            List<Integer> maskSize,
            int maxRegions,
            VisionConfig vision,
            VisionConfig geometry,
            PerceiverConfig perceiver,
            LanguageConfig language,
            LoraConfig lora) {
        this(
                format,
                name,
                about,
                dtype,
                prompt,
                gridMm,
                inputSize,
                maskSize,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                maxRegions,
                vision,
                geometry,
                perceiver,
                language,
                lora);
    }

    /** Reads and checks a file; every problem is told with its key. */
    public static ModelConfig read(Path file) throws IOException {
        return ConfigRecords.read(file.toString(), Json.read(file), ModelConfig.class);
    }

    /** Writes what {@link #read} reads. */
    public void write(Path file) throws IOException {
        Json.write(file, ConfigRecords.tree(this));
    }

    /** The ids of visual tokens: as many per volume as the perceiver gives, and one of geometry more per region. */
    public SpecialTokens tokens() {
        return new SpecialTokens(language.vocabulary(), perceiver.latents(), perceiver.latents() + 1, maxRegions);
    }

    public Precision precision() {
        return Precision.parse("dtype", dtype);
    }

    public PromptVariant promptVariant() {
        return PromptVariant.parse("prompt", prompt);
    }

    /** Voxels of the whole volume and of each texture. */
    public GridSize inputGrid() {
        return new GridSize(inputSize.get(0), inputSize.get(1), inputSize.get(2));
    }

    /** Voxels of each mask. */
    public GridSize maskGrid() {
        return new GridSize(maskSize.get(0), maskSize.get(1), maskSize.get(2));
    }

    /** Regions whose textures have a size of their own. */
    public Map<Region, GridSize> textureGrids() {
        var grids = new EnumMap<Region, GridSize>(Region.class);
        textureSize
                .orElse(Map.of())
                .forEach((name, size) -> grids.put(
                        Region.parse("texture_size", name), new GridSize(size.get(0), size.get(1), size.get(2))));
        return grids;
    }

    /** Whether the visual tokens of slot i carry the word embedding of the number i. */
    public boolean tagsSlots() {
        return slotTags.orElse(false);
    }

    /** Whether nothing of what the regions show reaches the decoder. */
    public boolean blanksRegions() {
        return blankRegions.orElse(false);
    }

    /** The same model under another number format. */
    public ModelConfig withDtype(Precision precision) {
        return with(precision.title(), blankRegions, notice, language);
    }

    /** The same model, whose reports open with this notice. */
    public ModelConfig withNotice(String words) {
        return with(dtype, blankRegions, Optional.of(words), language);
    }

    /** The same model with another number of layers in its decoder. */
    public ModelConfig withLayers(int layers) {
        return with(dtype, blankRegions, notice, language.withLayers(layers));
    }

    /** The twin of this model that sees the whole volume only. */
    public ModelConfig withBlankRegions() {
        return with(dtype, Optional.of(true), notice, language);
    }

    private ModelConfig with(
            String newDtype,
            Optional<Boolean> newBlankRegions,
            Optional<String> newNotice,
            LanguageConfig newLanguage) {
        return new ModelConfig(
                format,
                name,
                about,
                newDtype,
                prompt,
                gridMm,
                inputSize,
                maskSize,
                textureSize,
                slotTags,
                newBlankRegions,
                newNotice,
                maxRegions,
                vision,
                geometry,
                perceiver,
                newLanguage,
                lora);
    }

    /** The published model: Llama-2-7b-chat behind RadFM's 3-D ViT and perceiver, on RadGenome-ChestCT. */
    public static ModelConfig published() {
        return new ModelConfig(
                FORMAT,
                "reg2rg-7b",
                "Reg2RG as published (arXiv 2411.15539)",
                Precision.BFLOAT16.title(),
                PromptVariant.RADGENOME.title(),
                RADGENOME_GRID_MM,
                List.of(256, 256, 64),
                List.of(256, 256, 64),
                10,
                new VisionConfig(List.of(32, 32, 4), 3, 768, 12, 8, 64, 2048, List.of(16, 16, 128), 0.1),
                new VisionConfig(List.of(32, 32, 16), 1, 255, 3, 8, 64, 512, List.of(8, 8, 4), 0.1),
                new PerceiverConfig(32, 6, 8, 64, 3072),
                new LanguageConfig("llama", 32000, 4096, 32, 32, 11008, 1e-5, 10000, 4096, 1, 2, 0),
                new LoraConfig(8, 32, 0.1));
    }
}
