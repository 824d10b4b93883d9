/** Kafka Connect source of sensor readings from an MQTT broker: the adapter between {@link dev.vorrang.ingest.mqtt} and Connect. */
package dev.vorrang.connectors.mqtt;
