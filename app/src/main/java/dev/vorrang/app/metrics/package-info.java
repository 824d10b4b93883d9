/** The HTTP endpoint from which Prometheus and health checks read. */
package dev.vorrang.app.metrics;
