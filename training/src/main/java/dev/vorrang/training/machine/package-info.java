/** Trains, evaluates and exports the models of the machine stream. */
package dev.vorrang.training.machine;
