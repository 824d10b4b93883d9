/** What all streams share: topology, batches, calls of models, dead letters, retries and metrics. Knows no stream. */
package dev.vorrang.scoring.engine;
