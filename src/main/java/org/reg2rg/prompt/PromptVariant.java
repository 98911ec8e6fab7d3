package org.reg2rg.prompt;

import java.util.Arrays;
import java.util.List;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;

/** Which published prompt a model was trained with. */
public enum PromptVariant {
    /** RadGenome-ChestCT: one report per region. */
    RADGENOME("radgenome"),
    /** CTRG: the answer may end in an "other report" that belongs to no region. */
    CTRG("ctrg");

    private final String title;

    PromptVariant(String title) {
        this.title = title;
    }

    /** The name in a model's config. */
    public String title() {
        return title;
    }

    public static List<String> titles() {
        return Arrays.stream(values()).map(PromptVariant::title).toList();
    }

    /** @throws InputException with the nearest name, if there is no such variant */
    public static PromptVariant parse(String subject, String name) {
        return Arrays.stream(values())
                .filter(v -> v.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        subject, "unknown prompt variant '" + name + "'", Names.hint(name, titles())));
    }
}
