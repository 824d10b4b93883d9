/**
 * The index over the output topics: full text, filters and order of what was scored, and what people did about it. Kafka is the truth;
 * the index is derived from it and can be deleted at any time. It knows no stream by name: each gives its {@link
 * dev.vorrang.console.index.ConsoleStream}. Lucene stays in here.
 */
package dev.vorrang.console.index;
