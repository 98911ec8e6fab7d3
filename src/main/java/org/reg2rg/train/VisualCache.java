package org.reg2rg.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.GridSize;
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
     * @param findings row-major [1 + r, n], numbers of a map of findings and of heads; else empty
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

    /** Crops that go through the same encoders together: one by one, most of the time goes into calls. */
    private record Alike(GridSize size, boolean shown) {}

    private static Seen see(CropFile data, int study, Sees sees, TextureEncoder texture, GeometryEncoder geometry) {
        List<Integer> crops = IntStream.range(0, CropLayout.CROPS)
                .filter(crop -> data.present(study, crop))
                .boxed()
                .toList();
        Map<Alike, List<Integer>> groups = crops.stream()
                .collect(Collectors.groupingBy(
                        crop -> new Alike(data.layout().size(crop), sees.shows(crop)),
                        LinkedHashMap::new,
                        Collectors.toList()));
        var latents = new Rows();
        var findings = new Rows();
        var shapes = new Rows();
        groups.forEach((alike, group) -> Scope.inference(() -> {
            var batch = VisionBatch.of(
                    data,
                    group.stream()
                            .map(crop -> new VisionBatch.Item(study, crop))
                            .toList(),
                    sees);
            var geometryTokens = geometry.forward(batch.masks()).mul(batch.isRegion());
            shapes.put(group, geometryTokens);
            if (alike.shown) {
                var looked = texture.look(batch.volumes(), Optional.of(geometryTokens));
                latents.put(group, looked.latents());
                looked.numbers().ifPresent(numbers -> findings.put(group, numbers));
            }
            return group;
        }));
        List<Integer> ofRegions = crops.stream().filter(crop -> crop > 0).toList();
        return new Seen(
                ofRegions.stream()
                        .map(crop -> CropLayout.region(crop).orElseThrow())
                        .toList(),
                latents.joined(crops),
                findings.joined(crops),
                shapes.joined(ofRegions));
    }

    /** Numbers by crop. */
    private static final class Rows {
        private final Map<Integer, float[]> byCrop = new HashMap<>();

        /** @param values [n, ..], one row for each of these crops */
        void put(List<Integer> crops, Tensor values) {
            float[] all = Tensors.toFloats(values);
            int width = all.length / crops.size();
            for (int row = 0; row < crops.size(); row++) {
                byCrop.put(crops.get(row), Arrays.copyOfRange(all, row * width, (row + 1) * width));
            }
        }

        /** Those of these crops one after the other; zeros for what was not put, nothing if nothing was. */
        float[] joined(List<Integer> crops) {
            int width = byCrop.values().stream()
                    .mapToInt(row -> row.length)
                    .findAny()
                    .orElse(0);
            float[] all = new float[crops.size() * width];
            for (int i = 0; i < crops.size(); i++) {
                float[] row = byCrop.get(crops.get(i));
                if (row != null) {
                    System.arraycopy(row, 0, all, i * width, width);
                }
            }
            return all;
        }
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
