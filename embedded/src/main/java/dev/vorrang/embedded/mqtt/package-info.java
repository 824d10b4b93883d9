/** An MQTT broker in the same process, for the demo and the tests. */
package dev.vorrang.embedded.mqtt;
