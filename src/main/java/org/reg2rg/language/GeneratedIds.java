package org.reg2rg.language;

/**
 * What a decoder wrote.
 *
 * @param ids the words, the end id included if it was written
 * @param logProbabilities natural logarithms of their probabilities under the model, before any warping
 * @param ended whether the model ended by itself, rather than at the limit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with equals
public record GeneratedIds(int[] ids, double[] logProbabilities, boolean ended) {}
