/**
 * Reads sensors of OPC UA servers by subscription, with Eclipse Milo, free of Kafka. Section numbers are those of the OPC UA
 * specification 1.05.
 */
package dev.vorrang.ingest.opcua;
