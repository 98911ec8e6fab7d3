package org.reg2rg.cohort;

/** A place in the patient in mm: x to the left, y to the back, z to the head. */
record Point(double x, double y, double z) {
    Point plus(double dx, double dy, double dz) {
        return new Point(x + dx, y + dy, z + dz);
    }

    Point plus(Point other) {
        return plus(other.x, other.y, other.z);
    }

    Point minus(Point other) {
        return new Point(x - other.x, y - other.y, z - other.z);
    }

    Point times(double factor) {
        return new Point(x * factor, y * factor, z * factor);
    }

    /** The point at {@code t} on the way from here to {@code other}. */
    Point towards(Point other, double t) {
        return new Point(x + t * (other.x - x), y + t * (other.y - y), z + t * (other.z - z));
    }

    double length() {
        return Math.sqrt(x * x + y * y + z * z);
    }

    double distance(Point other) {
        return minus(other).length();
    }

    Point unit() {
        double n = length();
        return n < 1e-9 ? new Point(1, 0, 0) : times(1 / n);
    }

    Point cross(Point o) {
        return new Point(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }
}
