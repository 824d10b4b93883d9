/** The mail stream as a Kafka Streams topology, and the program that runs it. */
package dev.vorrang.scoring.topology;
