/** Simple detectors of anomalies, beside which models are judged. */
package dev.vorrang.training.machine.baseline;
