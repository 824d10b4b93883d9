/** What is shown of demand: alerts as records, and of each item its past, its last forecast, and how earlier ones turned out. */
package dev.vorrang.console.demand;
