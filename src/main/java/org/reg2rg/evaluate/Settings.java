package org.reg2rg.evaluate;

import org.reg2rg.core.Progress;

/**
 * How a file is judged.
 *
 * @param stripRegionPrefix whether whole reports are scored without "The region n is X: "
 * @param bootstrap draws of the intervals, and trials of the tests between systems; 0 for neither
 * @param seed of everything random: draws, trials, the shuffled baseline
 */
public record Settings(boolean stripRegionPrefix, int bootstrap, long seed, Progress.Style progress) {}
