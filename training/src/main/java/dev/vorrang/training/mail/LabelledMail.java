package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;

/**
 * A row of training data.
 *
 * @param text what the model reads
 * @param dataSet number of its data set
 * @param labels index of its label for each head, in the order of the heads; -1 where it has none
 */
record LabelledMail(MailText text, int dataSet, int[] labels) {}
