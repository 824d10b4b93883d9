/** Reads readings from files of a folder, line by line, and knows how far. */
package dev.vorrang.ingest.file;
