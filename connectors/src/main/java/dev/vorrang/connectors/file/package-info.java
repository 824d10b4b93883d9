/** Kafka Connect source of sensor readings from files: the adapter between {@link dev.vorrang.ingest.file} and Connect. */
package dev.vorrang.connectors.file;
