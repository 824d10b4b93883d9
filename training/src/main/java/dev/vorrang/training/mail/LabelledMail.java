package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;

/**
 * A row of training data.
 *
 * @param text what the model reads
 * @param dataSet number of its data set
 * @param labels index of its label for each head, in the order of the heads; {@link #NONE} where it has none, and
 *     {@link #OUTSIDE} where it is known to belong to none of the labels
 */
record LabelledMail(MailText text, int dataSet, int[] labels) {

    static final int NONE = -1;
    static final int OUTSIDE = -2;
}
