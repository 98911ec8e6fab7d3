package org.reg2rg.report;

/** The border of a pixel set as an SVG path: straight runs along pixel edges. */
final class Outline {
    private Outline() {}

    /** Which pixels belong to the set; pixels outside the picture do not. */
    @FunctionalInterface
    interface PixelSet {
        boolean contains(int column, int row);
    }

    /** A path of {@code h} and {@code v} runs in pixel units; empty for an empty set. */
    static String path(PixelSet pixels, int columns, int rows) {
        PixelSet inside = (c, r) -> c >= 0 && r >= 0 && c < columns && r < rows && pixels.contains(c, r);
        var path = new StringBuilder();
        for (int r = 0; r <= rows; r++) {
            int row = r;
            runs(path, columns, c -> inside.contains(c, row - 1) != inside.contains(c, row), true, r);
        }
        for (int c = 0; c <= columns; c++) {
            int column = c;
            runs(path, rows, r -> inside.contains(column - 1, r) != inside.contains(column, r), false, c);
        }
        return path.toString();
    }

    private static void runs(
            StringBuilder path, int length, java.util.function.IntPredicate edge, boolean horizontal, int line) {
        int at = 0;
        while (at < length) {
            if (!edge.test(at)) {
                at++;
                continue;
            }
            int start = at;
            while (at < length && edge.test(at)) {
                at++;
            }
            path.append('M').append(horizontal ? start : line).append(' ').append(horizontal ? line : start);
            path.append(horizontal ? 'h' : 'v').append(at - start);
        }
    }
}
