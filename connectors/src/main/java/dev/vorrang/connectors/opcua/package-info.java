/** Source connector for OPC UA servers. */
package dev.vorrang.connectors.opcua;
