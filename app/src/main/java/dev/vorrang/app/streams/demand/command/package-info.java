/** Commands that train, use and measure models of demand without Kafka. */
package dev.vorrang.app.streams.demand.command;
