/** Models of the demand stream: the last periods of an item in, a forecast with quantiles out. */
package dev.vorrang.scoring.demand.model;
