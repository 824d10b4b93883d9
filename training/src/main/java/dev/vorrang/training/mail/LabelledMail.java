package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import java.util.Arrays;

/**
 * A row of training data.
 *
 * @param text what the model reads
 * @param dataSet number of its data set
 * @param labels index of its label for each head, in the order of the heads; {@link #NONE} where it has none, and
 *     {@link #OUTSIDE} where it is known to belong to none of the labels
 * @param group rows of one group are never on both sides of a split; blank for a row whose group is its text
 * @param variant whether the text is that of another row, altered: to learn from, not to check on
 */
record LabelledMail(MailText text, int dataSet, int[] labels, String group, boolean variant) {

    /** A row as it was read, alone in its group. */
    LabelledMail(MailText text, int dataSet, int[] labels) {
        this(text, dataSet, labels, "", false);
    }

    /** These labels on an altered text. */
    LabelledMail altered(MailText other) {
        return new LabelledMail(other, dataSet, labels, Split.key(this), true);
    }

    /** The same row with other labels. */
    LabelledMail with(int[] others) {
        return new LabelledMail(text, dataSet, others, group, variant);
    }

    /** Whether it tells a head anything. */
    boolean labelled() {
        return Arrays.stream(labels).anyMatch(label -> label != NONE);
    }

    static final int NONE = -1;
    static final int OUTSIDE = -2;
}
