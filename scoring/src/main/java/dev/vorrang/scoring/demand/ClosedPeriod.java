package dev.vorrang.scoring.demand;

/**
 * A period of an item that is closed.
 *
 * @param index its number
 * @param quantity what came in it; NaN if it was closed for business, or is not known
 * @param emptyRun periods without anything up to it, itself included
 * @param longestRun most periods without anything in a row, before this run
 */
record ClosedPeriod(long index, double quantity, int emptyRun, int longestRun) {}
