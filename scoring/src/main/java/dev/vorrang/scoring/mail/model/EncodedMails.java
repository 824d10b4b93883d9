package dev.vorrang.scoring.mail.model;

import java.util.function.Supplier;

/**
 * Some mails of a batch, encoded for one call of the graph.
 *
 * @param mails index in the batch of the mail in each row
 * @param rows rows of the call: those of the mails, and behind them some that say nothing
 * @param feed makes the tensors of the call; whoever calls it closes them
 */
record EncodedMails(int[] mails, int rows, Supplier<MailFeed> feed) {}
