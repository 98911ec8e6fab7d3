package org.reg2rg.train;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * What a vision part that no longer changes makes of every study, computed once: while the decoder learns, a step then costs
 * nothing but the decoder. Holds what the perceiver gives, before the map to the language model, which still learns.
 */
final class VisualCache {
    /**
     * One study.
     *
     * @param regions whose masks have voxels, in their order
     * @param latents row-major [1 + r, q, e], the whole volume first
     * @param findings row-major [1 + r, n], of a map of findings; else empty
     * @param geometry row-major [r, d]
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Seen(List<Region> regions, float[] latents, float[] findings, float[] geometry) {}

    private final List<Seen> studies;
    private final long latents;

    private VisualCache(List<Seen> studies, long latents) {
        this.studies = studies;
        this.latents = latents;
    }

    /**
     * Encodes every study; the numbers do not depend on the workers.
     *
     * @param sees what reaches the decoder; of the rest the textures are not looked at and stand as zeros
     */
    static VisualCache of(
            CropFile data,
            Sees sees,
            TextureEncoder texture,
            GeometryEncoder geometry,
            int workers,
            Progress progress) {
        try (var threads = new Workers(workers)) {
            List<Seen> studies = threads.all(IntStream.range(0, data.size())
                    .<Callable<Seen>>mapToObj(study -> () -> {
                        Seen seen = see(data, study, sees, texture, geometry);
                        progress.advance(1, "");
                        return seen;
                    })
                    .toList());
            return new VisualCache(studies, texture.perceiver().latents());
        }
    }

    private static Seen see(CropFile data, int study, Sees sees, TextureEncoder texture, GeometryEncoder geometry) {
        List<Region> regions = Arrays.stream(Region.values())
                .filter(region -> data.present(study, region))
                .toList();
        var latents = new ArrayList<float[]>();
        var findings = new ArrayList<float[]>();
        var shapes = new ArrayList<float[]>();
        for (int crop = 0; crop < CropLayout.CROPS; crop++) {
            if (data.present(study, crop)) {
                VisionBatch.Item item = new VisionBatch.Item(study, crop);
                Scope.inference(() -> {
                    var batch = VisionBatch.of(data, List.of(item), sees);
                    if (sees.shows(item.crop())) {
                        var features = texture.vision().features(batch.volumes());
                        latents.add(Tensors.toFloats(texture.perceiver().forward(features.tokens())));
                        features.findings().map(Tensors::toFloats).ifPresent(findings::add);
                    } else {
                        latents.add(zerosLike(latents));
                        findings.stream().findFirst().ifPresent(_ -> findings.add(zerosLike(findings)));
                    }
                    if (item.crop() > 0) {
                        shapes.add(Tensors.toFloats(geometry.forward(batch.masks())));
                    }
                    return item;
                });
            }
        }
        return new Seen(regions, joined(latents), joined(findings), joined(shapes));
    }

    private static float[] zerosLike(List<float[]> parts) {
        return new float[parts.getFirst().length];
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Regions of a study whose masks have voxels, in their order. */
    List<Region> regions(int study) {
        return studies.get(study).regions();
    }

    /** The visual tokens of a study with its regions in these slots; gradients reach {@code toWords}. */
    VisualTokens tokens(int study, List<Region> slots, ToWords toWords) {
        Seen seen = studies.get(study);
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
