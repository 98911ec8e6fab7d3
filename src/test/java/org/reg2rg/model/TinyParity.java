package org.reg2rg.model;

import java.util.List;

/** The small model of the golden numbers of {@code parity/tiny}. */
final class TinyParity {
    private TinyParity() {}

    static ModelConfig config() {
        ModelConfig full = ModelConfig.published();
        return new ModelConfig(
                ModelConfig.FORMAT,
                "tiny",
                "the small model of the golden numbers",
                "float32",
                full.prompt(),
                full.gridMm(),
                List.of(64, 64, 16),
                List.of(64, 64, 16),
                10,
                new VisionConfig(List.of(16, 16, 4), 3, 24, 12, 8, 64, 2048, List.of(32, 32, 128), 0.1),
                new VisionConfig(List.of(16, 16, 16), 1, 255, 3, 8, 64, 512, List.of(16, 16, 4), 0.1),
                new PerceiverConfig(32, 6, 8, 64, 96),
                new LanguageConfig("llama", 32000, 32, 32, 4, 88, 1e-5, 10000, 4096, 1, 2, 0),
                full.lora());
    }
}
