package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.model.ModelArray;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Some mails of a batch, encoded for one call of the graph.
 *
 * @param mails index in the batch of the mail in each row
 * @param rows rows of the call: those of the mails, and behind them some that say nothing
 * @param inputs makes the arrays of the call
 */
record EncodedMails(int[] mails, int rows, Supplier<Map<String, ModelArray>> inputs) {}
