/** Two models in a row: the small one answers what it is sure of, the large one the rest. */
package dev.vorrang.scoring.mail.cascade;
