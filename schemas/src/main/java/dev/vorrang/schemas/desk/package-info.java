/**
 * What people did about scored records, as events in JSON and signed links tell it over any channel, and what it makes of their state.
 * Whoever reads the events in their order comes to the same.
 */
package dev.vorrang.schemas.desk;
