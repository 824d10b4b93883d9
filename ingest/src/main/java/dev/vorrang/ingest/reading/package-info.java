/** From payloads, whatever brought them, to sensor readings: JSON, CSV and single values. What cannot be one is refused with its cause. */
package dev.vorrang.ingest.reading;
