/** A simulated plant: machines with sensors, shifts, products and faults, for the demo, recordings and tests. */
package dev.vorrang.training.plant;
