package org.reg2rg.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.model.GeometryEncoder;
import org.reg2rg.model.TextureEncoder;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * What a vision part makes of a study, before the way into the language model.
 *
 * @param regions whose masks have voxels, in their order
 * @param latents row-major [1 + r, q, e], the whole volume first
 * @param findings row-major [1 + r, n], numbers of a map of findings and of heads; else empty
 * @param geometry row-major [r, d]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SeenStudy(List<Region> regions, float[] latents, float[] findings, float[] geometry) {
    /** Crops that go through the same encoders together: one by one, most of the time goes into calls. */
    private record Alike(GridSize size, boolean shown) {}

    /** @param sees what is looked at; the textures of the rest are not, and stand as zeros */
    static SeenStudy of(CropFile data, int study, Sees sees, TextureEncoder texture, GeometryEncoder geometry) {
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
        return new SeenStudy(
                regions(data, study),
                latents.joined(crops),
                findings.joined(crops),
                shapes.joined(crops.stream().filter(crop -> crop > 0).toList()));
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
    static List<Region> regions(CropFile data, int study) {
        return Arrays.stream(Region.values())
                .filter(region -> data.present(study, region))
                .toList();
    }
}
