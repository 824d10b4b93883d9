/** TensorFlow SavedModels with their cards: checked when loaded, then scored in batches. The only TensorFlow code of scoring. */
package dev.vorrang.scoring.model;
