/** Forecasts of demand as lines of a file. */
package dev.vorrang.app.streams.demand.score;
