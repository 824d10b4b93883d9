/**
 * Decides what to do about scored records: conditions, quiet hours, groups, rates, escalation, and where each record stands after what
 * people did. Knows no stream; each tells what of it can be acted on by an {@link dev.vorrang.scoring.action.ActionSource}.
 */
package dev.vorrang.scoring.action;
