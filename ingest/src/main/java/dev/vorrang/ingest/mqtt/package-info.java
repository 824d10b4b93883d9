/** Reads messages from an MQTT broker, 3.1.1 or 5, and makes readings of them. The only place that uses the MQTT library. */
package dev.vorrang.ingest.mqtt;
