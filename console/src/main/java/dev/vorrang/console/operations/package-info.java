/** How the streams do: throughput, latency, lag, models in service, corrections, and what could not be scored. Knows no stream by name. */
package dev.vorrang.console.operations;
