/** Machines: from their readings to aligned steps, from what models say of a step to findings and alerts. Free of Kafka and TensorFlow. */
package dev.vorrang.scoring.machine;
