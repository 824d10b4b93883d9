/** Makes readings of Sparkplug B messages (Eclipse Sparkplug specification 3.0). The only place that uses Tahu's messages. */
package dev.vorrang.ingest.sparkplug;
