/** Judges one machine's sensors against each other, by running state and over several horizons; pure, free of models and Kafka. */
package dev.vorrang.scoring.machine.judge;
