package org.reg2rg.segment;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * One picture of all masks: slices from the feet to the head, from the back to the front and from left to right, with
 * every region's outline in its colour. Seen as radiologists do: the patient's right is on the left.
 */
public final class Overview {
    private static final double PIXEL_MM = 1.5;
    private static final int COLUMNS = 4;
    private static final int TILE = 300;
    private static final double[] AXIAL = {0.12, 0.25, 0.36, 0.46, 0.55, 0.65, 0.78, 0.9};
    private static final double[] CORONAL = {0.35, 0.5};
    private static final double[] SAGITTAL = {0.35, 0.5};
    private static final int GREY_LIMIT = 255;

    private final WorkVolume ct;
    private final Map<Region, VoxelSet> sets = new EnumMap<>(Region.class);

    private Overview(CtVolume volume, RegionMasks masks) {
        ct = WorkVolume.of(volume, PIXEL_MM);
        masks.masks().forEach((region, mask) -> {
            if (region != Region.PLEURA) { // its outline lies on the lung's
                sets.put(region, ct.take(mask));
            }
        });
    }

    /** The picture as PNG. */
    public static byte[] png(CtVolume ct, RegionMasks masks) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new Overview(ct, masks).draw(), "png", out);
        return out.toByteArray();
    }

    /**
     * Slices of the three directions through the middle of what a check is about, with all outlines, as PNG.
     *
     * @param regions whose masks the middle is taken of; of all masks if empty
     */
    static byte[] through(CtVolume ct, RegionMasks masks, List<Region> regions) throws IOException {
        var overview = new Overview(ct, masks);
        VoxelSet about = overview.ct.none();
        for (var entry : overview.sets.entrySet()) {
            if (regions.isEmpty() || regions.contains(entry.getKey())) {
                about = about.or(entry.getValue());
            }
        }
        double[] c = about.centre();
        GridSize size = overview.ct.size();
        var out = new ByteArrayOutputStream();
        BufferedImage picture = joined(List.of(
                overview.tile(2, (int) c[2], size.x(), size.y()),
                overview.tile(1, (int) c[1], size.x(), size.z()),
                overview.tile(0, (int) c[0], size.y(), size.z())));
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    private BufferedImage draw() {
        List<BufferedImage> tiles = new ArrayList<>();
        GridSize size = ct.size();
        for (double f : AXIAL) {
            tiles.add(tile(2, (int) (f * (size.z() - 1)), size.x(), size.y()));
        }
        for (double f : CORONAL) {
            tiles.add(tile(1, (int) (f * (size.y() - 1)), size.x(), size.z()));
        }
        for (double f : SAGITTAL) {
            tiles.add(tile(0, (int) (f * (size.x() - 1)), size.y(), size.z()));
        }
        return joined(tiles);
    }

    private static BufferedImage joined(List<BufferedImage> tiles) {
        int rows = (tiles.size() + COLUMNS - 1) / COLUMNS;
        int columns = Math.min(COLUMNS, tiles.size());
        var picture = new BufferedImage(columns * TILE, rows * TILE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        for (int n = 0; n < tiles.size(); n++) {
            BufferedImage tile = tiles.get(n);
            double scale = Math.min((TILE - 4.0) / tile.getWidth(), (TILE - 4.0) / tile.getHeight());
            pen.drawImage(
                    tile,
                    n % COLUMNS * TILE + 2,
                    n / COLUMNS * TILE + 2,
                    (int) (tile.getWidth() * scale),
                    (int) (tile.getHeight() * scale),
                    null);
        }
        pen.dispose();
        return picture;
    }

    /** A slice across an axis with outlines, two pixels a voxel. */
    private BufferedImage tile(int axis, int at, int width, int height) {
        var tile = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 2 * height; y++) {
            for (int x = 0; x < 2 * width; x++) {
                int[] p = voxel(axis, at, width - 1 - x / 2, height - 1 - y / 2);
                int grey = grey(ct.hu()[ct.size().index(p[0], p[1], p[2])]);
                int rgb = grey << 16 | grey << 8 | grey;
                for (var entry : sets.entrySet()) {
                    if (outline(entry.getValue(), axis, at, new int[] {x, y, width, height})) {
                        rgb = entry.getKey().rgb();
                    }
                }
                tile.setRGB(x, y, rgb);
            }
        }
        return tile;
    }

    /** Whether this pixel lies inside and one beside it outside. */
    private static boolean outline(VoxelSet set, int axis, int at, int[] place) {
        int u = place[2] - 1 - place[0] / 2;
        int v = place[3] - 1 - place[1] / 2;
        if (!get(set, axis, at, u, v)) {
            return false;
        }
        int du = place[0] % 2 == 0 ? 1 : -1;
        int dv = place[1] % 2 == 0 ? 1 : -1;
        return !get(set, axis, at, u + du, v) || !get(set, axis, at, u, v + dv);
    }

    private static boolean get(VoxelSet set, int axis, int at, int u, int v) {
        int[] p = voxel(axis, at, u, v);
        return set.get(p[0], p[1], p[2]);
    }

    private static int[] voxel(int axis, int at, int u, int v) {
        return axis == 2 ? new int[] {u, v, at} : axis == 1 ? new int[] {u, at, v} : new int[] {at, u, v};
    }

    /** Lung in the dark third, soft tissue in the bright two thirds. */
    private static int grey(float hu) {
        double value = hu < -250 ? (hu + 1000) * 0.08 : (hu + 250) * 0.36 + 60;
        return (int) Math.clamp(value, 0, GREY_LIMIT);
    }
}
