/** How good forecasts of demand are, in figures and charts. */
package dev.vorrang.app.streams.demand.evaluate;
