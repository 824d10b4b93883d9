package dev.vorrang.training.mail;

/**
 * A head on the features of a model: logits are features times weights, plus bias.
 *
 * @param weights {@code [width][labels]}
 * @param bias {@code [labels]}
 */
record LinearHead(float[][] weights, float[] bias) {}
