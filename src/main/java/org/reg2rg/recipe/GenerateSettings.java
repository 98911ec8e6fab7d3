package org.reg2rg.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.core.Hashes;
import org.reg2rg.ct.Region;
import org.reg2rg.data.SlotPlan;
import org.reg2rg.data.StudyFiles;
import org.reg2rg.model.ModelConfig;

/** What decides the rows of {@code generate}: a run goes on only with a file whose settings are its own. */
final class GenerateSettings {
    private GenerateSettings() {}

    /** As the file beside the rows has them. */
    static Map<String, Object> of(
            GenerateJob.Asked asked,
            ReportJob.Computing computing,
            ModelConfig config,
            String modelSha256,
            List<StudyFiles> studies) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("model", config.name());
        settings.put("model_sha256", modelSha256);
        settings.put("dtype", computing.precision().orElse(config.precision()).title());
        settings.put("device", computing.device());
        settings.put("max_new_tokens", computing.maxNewTokens());
        settings.put("decoding", "greedy");
        settings.put("split", asked.split().orElse(""));
        settings.put("studies", studies.size());
        settings.put(
                "studies_sha256",
                Hashes.sha256(
                        String.join("\n", studies.stream().map(StudyFiles::name).toList())));
        settings.put("order", Named.word(asked.slots().order()));
        settings.put("regions", describe(asked.slots().choice()));
        settings.put("seed", asked.slots().seed());
        settings.put("grid", Named.word(asked.grid()));
        settings.put("volume", Named.word(asked.shown()));
        return settings;
    }

    private static String describe(SlotPlan.Choice choice) {
        return switch (choice) {
            case SlotPlan.Choice.Every() -> "every";
            case SlotPlan.Choice.These(var regions) ->
                String.join(",", regions.stream().map(Region::datasetName).toList());
            case SlotPlan.Choice.Some(int fewest, int most) -> "random:" + fewest + "-" + most;
        };
    }
}
