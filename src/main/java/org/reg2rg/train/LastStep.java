package org.reg2rg.train;

import java.time.Duration;

/** How long steps take, so that whoever wants to stop knows how long to wait for the one that is being made. */
final class LastStep {
    /** Steps differ, and a checkpoint follows the last one. */
    private static final int TIMES = 2;

    private static final Duration LEAST = Duration.ofSeconds(60);

    private volatile Duration took = Duration.ZERO;

    /** A step took this long. */
    void took(Duration time) {
        took = time;
    }

    /** Twice the last step, and a minute at least: before the first step has been made nothing is lost. */
    Duration patience() {
        Duration enough = took.multipliedBy(TIMES);
        return enough.compareTo(LEAST) > 0 ? enough : LEAST;
    }
}
