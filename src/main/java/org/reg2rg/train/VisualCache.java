package org.reg2rg.train;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.model.GeometryEncoder;
import org.reg2rg.model.TextureEncoder;
import org.reg2rg.model.ToWords;
import org.reg2rg.model.VisualTokens;
import org.reg2rg.tensor.Tensors;

/**
 * What a vision part that no longer changes makes of every study, computed once: while the decoder learns, a step then costs
 * nothing but the decoder. Holds what the perceiver gives, before the map to the language model, which still learns.
 */
final class VisualCache {
    /** Studies that are encoded before they are written. */
    private static final int BLOCK = 64;

    private final List<SeenStudy> studies;
    private final long latents;

    private VisualCache(List<SeenStudy> studies, long latents) {
        this.studies = studies;
        this.latents = latents;
    }

    /**
     * Encodes every study that {@code file} does not hold yet; the numbers do not depend on the workers.
     *
     * @param sees what reaches the decoder
     * @param file keeps what is seen, for when the run goes on another time
     */
    static VisualCache of(
            CropFile data,
            Sees sees,
            TextureEncoder texture,
            GeometryEncoder geometry,
            SeenFile file,
            int workers,
            Progress progress)
            throws IOException {
        List<SeenStudy> studies = file.read(data);
        progress.skip(studies.size());
        try (var threads = new Workers(workers)) {
            while (studies.size() < data.size()) {
                List<SeenStudy> more =
                        threads.all(IntStream.range(studies.size(), Math.min(studies.size() + BLOCK, data.size()))
                                .<Callable<SeenStudy>>mapToObj(study -> () -> {
                                    SeenStudy seen = SeenStudy.of(data, study, sees, texture, geometry);
                                    progress.advance(1, "");
                                    return seen;
                                })
                                .toList());
                file.append(more);
                studies.addAll(more);
            }
        }
        return new VisualCache(studies, texture.perceiver().latents());
    }

    /** Regions of a study whose masks have voxels, in their order. */
    List<Region> regions(int study) {
        return studies.get(study).regions();
    }

    /** The visual tokens of a study with its regions in these slots; gradients reach {@code toWords}. */
    VisualTokens tokens(int study, List<Region> slots, ToWords toWords) {
        SeenStudy seen = studies.get(study);
        int r = seen.regions().size();
        var order =
                Tensors.longs(slots.stream().mapToInt(seen.regions()::indexOf).toArray());
        var numbers = Optional.of(seen.findings())
                .filter(found -> found.length > 0)
                .map(found -> Tensors.floats(found, 1 + r, found.length / (1 + r)));
        var texture = Tensors.floats(seen.latents(), 1 + r, latents, seen.latents().length / (1 + r) / latents);
        var words = toWords.forward(texture, numbers); // [1 + r, q, d]
        var geometry = Tensors.floats(seen.geometry(), r, 1, seen.geometry().length / r);
        var all = Tensors.cat(1, words.narrow(0, 1, r), geometry); // [r, q + 1, d]
        return new VisualTokens(words.narrow(0, 0, 1), all.index_select(0, order));
    }
}
