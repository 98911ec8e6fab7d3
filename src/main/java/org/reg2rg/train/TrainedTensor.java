package org.reg2rg.train;

import org.bytedeco.pytorch.Tensor;

/**
 * One weight tensor that training changes.
 *
 * @param name its key in the model folder
 * @param value the leaf tensor, with gradients required; made outside of any scope
 * @param rateFactor its learning rate, as a multiple of the schedule's
 * @param weightDecay decoupled decay per unit of learning rate; 0 for norms, biases and embeddings
 */
public record TrainedTensor(String name, Tensor value, double rateFactor, double weightDecay) {}
