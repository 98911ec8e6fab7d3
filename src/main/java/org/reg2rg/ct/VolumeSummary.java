package org.reg2rg.ct;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is in a volume, and what looks wrong about it as a chest CT.
 *
 * @param size voxels per array axis
 * @param spacingMm per array axis
 * @param orientation side that a growing index goes to, per array axis ("LPS")
 * @param values smallest, largest, mean and percentiles
 * @param warnings one sentence each; the first come from the reader
 */
public record VolumeSummary(
        GridSize size, List<Double> spacingMm, String orientation, ValueSummary values, List<String> warnings) {
    private static final double OBLIQUE_DEGREES = 5;
    private static final double ANISOTROPIC = 4;
    private static final double THICK_MM = 5;
    private static final double SHORTEST_CHEST_MM = 160;
    private static final float TISSUE_ABOVE_HU = -300;
    private static final double CUT_SHARE = 0.1;
    private static final float NEAR_AIR_HU = -500;
    private static final float PADDING_BELOW_HU = -1500;
    private static final double PADDING_SHARE = 0.001;

    public VolumeSummary {
        spacingMm = List.copyOf(spacingMm);
        warnings = List.copyOf(warnings);
    }

    /** Looks at every voxel twice. */
    public static VolumeSummary of(LoadedCt loaded) {
        CtVolume ct = loaded.volume();
        ValueSummary values = ValueSummary.of(ct.hu());
        double[] mm = ct.grid().spacing();
        List<String> warnings = new ArrayList<>(loaded.warnings());
        boolean hounsfield = aboutValues(values, warnings);
        aboutGrid(ct.grid(), warnings);
        if (hounsfield) {
            aboutBorders(ct, warnings);
        }
        return new VolumeSummary(
                ct.size(),
                List.of(mm[0], mm[1], mm[2]),
                Orientation.of(ct.grid().toWorld()).code(),
                values,
                warnings);
    }

    /** Returns whether the values can be Hounsfield units. */
    private static boolean aboutValues(ValueSummary values, List<String> warnings) {
        if (values.max() - values.min() <= 2) {
            warnings.add("the values run over no more than 2: normalised, not HU?");
            return false;
        }
        if (values.min() >= 0) {
            warnings.add("no value is below 0: not HU (a raw or 8-bit image, rescale not applied)?");
            return false;
        }
        if (values.min() > NEAR_AIR_HU) {
            warnings.add("no value is near air (-1000 HU): not HU, or cropped to the body?");
            return false;
        }
        if (values.rescaledTwice()) {
            warnings.add("most values lie 1024 too low (air near -2048): rescaled twice?");
            return false;
        }
        if (values.shareBelow(PADDING_BELOW_HU) > PADDING_SHARE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%.1f %% of the voxels lie below -1500 HU (lowest %.0f): padding, which counts as air",
                    100 * values.shareBelow(PADDING_BELOW_HU),
                    values.min()));
        }
        return true;
    }

    private static void aboutGrid(Grid grid, List<String> warnings) {
        double[] mm = grid.spacing();
        double most = Math.max(mm[0], Math.max(mm[1], mm[2]));
        double least = Math.min(mm[0], Math.min(mm[1], mm[2]));
        if (most > ANISOTROPIC * least || most > THICK_MM) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "anisotropic: voxels are %s mm along one axis and %s along another; small findings may be missed",
                    number(most),
                    number(least)));
        }
        Orientation orientation = Orientation.of(grid.toWorld());
        if (orientation.obliquenessDegrees() > OBLIQUE_DEGREES) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "oblique: the axes are turned by %.0f degrees against the patient's",
                    orientation.obliquenessDegrees()));
        }
        int axial = orientation.arrayAxis(2);
        double height = grid.size().along(axial) * mm[axial];
        if (height < SHORTEST_CHEST_MM) {
            warnings.add(String.format(Locale.ROOT, "only %.0f mm from foot to head: the chest is cut off?", height));
        }
    }

    /** Tissue on a lateral face of the array means that the field of view was too small. */
    private static void aboutBorders(CtVolume ct, List<String> warnings) {
        Orientation orientation = Orientation.of(ct.grid().toWorld());
        String[][] sides = {{"left", "right"}, {"back", "front"}};
        for (int world = 0; world < 2; world++) {
            int axis = orientation.arrayAxis(world);
            for (int end = 0; end < 2; end++) {
                double share = tissue(ct, axis, end == 0 ? 0 : ct.size().along(axis) - 1);
                if (share > CUT_SHARE) {
                    boolean towardsPlus = (end == 1) == orientation.increases(world);
                    warnings.add(String.format(
                            Locale.ROOT,
                            "the body reaches the %s border (%.0f %% of it): cut off?",
                            sides[world][towardsPlus ? 1 : 0],
                            100 * share));
                }
            }
        }
    }

    private static double tissue(CtVolume ct, int axis, int at) {
        int u = axis == 0 ? 1 : 0;
        int v = axis == 2 ? 1 : 2;
        int nu = ct.size().along(u);
        int nv = ct.size().along(v);
        int[] index = new int[3];
        index[axis] = at;
        long tissue = 0;
        for (index[v] = 0; index[v] < nv; index[v]++) {
            for (index[u] = 0; index[u] < nu; index[u]++) {
                tissue += ct.at(index[0], index[1], index[2]) > TISSUE_ABOVE_HU ? 1 : 0;
            }
        }
        return (double) tissue / ((long) nu * nv);
    }

    /** Several lines for a terminal. */
    public String text() {
        double[] mm = {spacingMm.get(0), spacingMm.get(1), spacingMm.get(2)};
        var text = new StringBuilder();
        line(text, "size", size + " voxels");
        line(
                text,
                "spacing",
                String.format(
                        Locale.ROOT,
                        "%s × %s × %s mm (%.0f × %.0f × %.0f mm in all)",
                        number(mm[0]),
                        number(mm[1]),
                        number(mm[2]),
                        mm[0] * size.x(),
                        mm[1] * size.y(),
                        mm[2] * size.z()));
        line(text, "orientation", orientation);
        line(text, "values", values.range());
        line(text, "percentiles", values.percentileText());
        for (String warning : warnings) {
            line(text, "warning", warning);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-12s %s%n", name, value));
    }

    /** Four digits, without zeros at the end. */
    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
