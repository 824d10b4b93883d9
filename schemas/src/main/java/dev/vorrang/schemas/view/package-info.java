/**
 * One view of what the streams write: a headline of any record, for tables, routes, sinks and pages, none of which then needs to know
 * the record.
 */
package dev.vorrang.schemas.view;
