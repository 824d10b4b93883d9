/** Actions as MQTT messages: lamps, displays, commands. */
package dev.vorrang.connectors.sink.mqtt;
