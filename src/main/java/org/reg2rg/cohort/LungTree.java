package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A tree that fills one lung: end points are strewn through the lung and joined by halving them again and again along
 * their longest extent; each branch starts part of the way to the middle of its half. Radii follow Murray's law.
 */
final class LungTree {
    private static final double MURRAY = 1 / 2.75;

    /**
     * @param from,to ends of the branch
     * @param r1,r2 vessel radii at the ends
     * @param leaves how many end points it supplies
     * @param depth branchings since the hilum
     */
    record Branch(Point from, Point to, double r1, double r2, int leaves, int depth) {}

    private final List<Branch> branches = new ArrayList<>();
    private final double tip;
    private final Draw draw;

    /** @param tip radius of the thinnest twigs in mm */
    LungTree(Point hilum, List<Point> ends, double tip, Draw draw) {
        this.tip = tip;
        this.draw = draw;
        split(hilum, new ArrayList<>(ends), 0);
    }

    List<Branch> branches() {
        return branches;
    }

    private double radius(int leaves) {
        return tip * Math.pow(leaves, MURRAY);
    }

    private void split(Point from, List<Point> ends, int depth) {
        int n = ends.size();
        if (n == 0) {
            return;
        }
        if (n == 1) {
            branches.add(new Branch(from, ends.getFirst(), radius(1), tip * 0.8, 1, depth));
            return;
        }
        Point middle = middle(ends);
        double reach = depth == 0 ? 0.22 : draw.between(0.3, 0.45);
        Point fork = from.towards(middle, reach);
        if (from.distance(fork) > 1) {
            branches.add(new Branch(from, fork, radius(n), radius(n) * 0.94, n, depth));
        } else {
            fork = from;
        }
        int axis = longest(ends);
        ends.sort(Comparator.comparingDouble(p -> along(p, axis)));
        int cut = Math.clamp(Math.round(n * draw.between(0.36, 0.64)), 1, n - 1);
        split(fork, new ArrayList<>(ends.subList(0, cut)), depth + 1);
        split(fork, new ArrayList<>(ends.subList(cut, n)), depth + 1);
    }

    private static Point middle(List<Point> points) {
        double x = 0;
        double y = 0;
        double z = 0;
        for (Point p : points) {
            x += p.x();
            y += p.y();
            z += p.z();
        }
        return new Point(x, y, z).times(1.0 / points.size());
    }

    private static double along(Point p, int axis) {
        return axis == 0 ? p.x() : axis == 1 ? p.y() : p.z();
    }

    private static int longest(List<Point> points) {
        int best = 0;
        double most = -1;
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.MAX_VALUE;
            double high = -Double.MAX_VALUE;
            for (Point p : points) {
                low = Math.min(low, along(p, axis));
                high = Math.max(high, along(p, axis));
            }
            if (high - low > most) {
                most = high - low;
                best = axis;
            }
        }
        return best;
    }
}
