/** Every metric of scoring: its name, unit, meaning and tags in one place. */
package dev.vorrang.scoring.engine.metrics;
