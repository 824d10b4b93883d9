/** An MQTT broker inside the program, for the demo and the tests. */
package dev.vorrang.embedded.mqtt;
