/** What all sinks of actions share: reading an action, templates, and delivery with retries, rate limit, circuit breaker and dead letters. */
package dev.vorrang.connectors.sink;
