/** What every source of sensor readings hands to Connect: readings, and the dead letters of payloads that are none. */
package dev.vorrang.connectors.reading;
