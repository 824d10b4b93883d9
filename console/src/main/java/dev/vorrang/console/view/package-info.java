/**
 * What the console shows, as data: what the index answers, and what the HTTP API writes as JSON, field by field. Immutable; knows neither
 * Lucene nor HTTP.
 */
package dev.vorrang.console.view;
