/** CSV files as people export them: whatever separator, packed or not, and what is wrong with one said with file and line. */
package dev.vorrang.ingest.csv;
