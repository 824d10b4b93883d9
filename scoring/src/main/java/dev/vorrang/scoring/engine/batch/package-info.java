/** Micro-batches: collecting what one thread holds, scoring it in one call, finding the record that makes a call fail. */
package dev.vorrang.scoring.engine.batch;
