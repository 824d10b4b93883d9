/**
 * How fast the streams are on this machine: the model alone, the stream without a model, both together and record at a time, side by
 * side in one run.
 */
package dev.vorrang.app.bench;
