package org.reg2rg.cohort;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Region;

/** A strip of slices of one study: two axial ones, a coronal one, then one through each finding with a frame around it. */
final class Picture {
    private static final int CELL = 190;
    private static final int FRAME = 18;
    private static final int MOST_FINDINGS = 5;

    private enum Window {
        LUNG(-1350, 150),
        SOFT(-160, 240),
        BONE(-250, 900);

        final float low;
        final float high;

        Window(float low, float high) {
            this.low = low;
            this.high = high;
        }
    }

    private final CtVolume volume;
    private final BufferedImage image;
    private final Graphics2D graphics;
    private int cells;

    private Picture(CtVolume volume, int cells) {
        this.volume = volume;
        image = new BufferedImage(CELL * cells, CELL, BufferedImage.TYPE_BYTE_GRAY);
        graphics = image.createGraphics();
    }

    /** JPEG bytes of a study's strip. */
    static byte[] of(PhantomStudy study) throws IOException {
        List<TrueFinding> shown = study.findings().stream().limit(MOST_FINDINGS).toList();
        var picture = new Picture(study.volume(), 3 + shown.size());
        int nz = study.volume().size().z();
        picture.axial((int) (0.36 * nz), Window.SOFT);
        picture.axial((int) (0.56 * nz), Window.LUNG);
        picture.coronal(study.volume().size().y() / 2);
        shown.forEach(picture::finding);
        picture.graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(picture.image, "jpg", bytes);
        return bytes.toByteArray();
    }

    private void finding(TrueFinding f) {
        Affine a = volume.grid().toWorld();
        int[] at = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int index = (int) Math.round((f.centreMm()[axis] - a.at(axis, 3)) / a.at(axis, axis));
            at[axis] = Math.clamp(index, 0, volume.size().along(axis) - 1);
        }
        Window window = switch (f.region()) {
            case LUNG, PLEURA, TRACHEA_AND_BRONCHI -> Window.LUNG;
            case BONE -> Window.BONE;
            case ABDOMEN, BREAST, ESOPHAGUS, HEART, MEDIASTINUM, THYROID -> Window.SOFT;
        };
        if (f.region() == Region.BONE) {
            sagittal(at[0], window);
            return;
        }
        axial(at[2], window);
        graphics.setColor(Color.WHITE);
        graphics.setStroke(new BasicStroke(1));
        int x = at[0] * CELL / volume.size().x() + (cells - 1) * CELL;
        int y = at[1] * CELL / volume.size().y();
        graphics.drawRect(x - FRAME, y - FRAME, 2 * FRAME, 2 * FRAME);
    }

    /** HU at a place of a cell, in [0, 1) across and down. */
    private interface Slice {
        float at(double across, double down);
    }

    private void axial(int k, Window window) {
        int nx = volume.size().x();
        int ny = volume.size().y();
        cell(window, (u, v) -> volume.at((int) (u * nx), (int) (v * ny), k));
    }

    private void coronal(int j) {
        int nx = volume.size().x();
        cell(Window.LUNG, (u, v) -> upright(v, 0, k -> volume.at((int) (u * nx), j, k)));
    }

    private void sagittal(int i, Window window) {
        int ny = volume.size().y();
        cell(window, (u, v) -> upright(v, 1, k -> volume.at(i, (int) (u * ny), k)));
    }

    private interface Column {
        float at(int k);
    }

    /** The head is up; millimetres are as long as across. */
    private float upright(double down, int acrossAxis, Column column) {
        double[] mm = volume.grid().spacing();
        int nz = volume.size().z();
        int k = (int) (nz - 1 - down * volume.size().along(acrossAxis) * mm[acrossAxis] / mm[2]);
        return k < 0 ? -1000 : column.at(k);
    }

    private void cell(Window window, Slice slice) {
        for (int y = 0; y < CELL; y++) {
            for (int x = 0; x < CELL; x++) {
                float hu = slice.at((x + 0.5) / CELL, (y + 0.5) / CELL);
                int grey = (int) Math.clamp(255 * (hu - window.low) / (window.high - window.low), 0, 255);
                image.getRaster().setSample(cells * CELL + x, y, 0, grey);
            }
        }
        cells++;
    }
}
