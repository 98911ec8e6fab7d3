package org.reg2rg.model;

/**
 * Low-rank additions to the query and value projections of the language model.
 *
 * @param rank of the addition; 0 for a model without
 * @param alpha the addition is scaled by {@code alpha / rank}
 * @param dropout on its input during training
 */
public record LoraConfig(int rank, double alpha, double dropout) {
    public LoraConfig {
        if (rank < 0) {
            throw new IllegalArgumentException("rank must not be negative, got " + rank);
        }
        Checks.share("dropout", dropout);
    }

    /** What the addition is multiplied by: 4 as published. */
    public double scale() {
        return rank == 0 ? 0 : alpha / rank;
    }
}
