package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * What a model says of mails, without the probabilities of all the labels that it does not tell.
 *
 * @param heads the answers of each head that was asked for
 * @param mails how many mails there were
 * @param seconds time that the calls of the model took; the first batch is scored once before, without counting
 * @param characters characters (UTF-16 units) of all mails, subject and body
 */
public record MailAnswers(Map<String, Head> heads, int mails, double seconds, long characters) {

    /** Mails of one call. */
    public static final int BATCH = 256;

    private static final double NANOS = 1e9;

    /**
     * Answers of a head, each array in the order of the mails.
     *
     * @param told index of the label in the model's card
     * @param confidences its probability
     * @param abstained whether that is too low to count
     */
    record Head(int[] told, double[] confidences, boolean[] abstained) {

        private Head(int mails) {
            this(new int[mails], new double[mails], new boolean[mails]);
        }

        private void set(int mail, MailPrediction.Head answer) {
            told[mail] = answer.best();
            confidences[mail] = answer.confidence();
            abstained[mail] = answer.abstained();
        }
    }

    /** Takes the predictions of a batch. */
    public interface Predicted {

        void take(int first, List<MailText> mails, List<MailPrediction> predictions);
    }

    /**
     * Asks a model.
     *
     * @param heads names of heads that the model has
     * @param mails one or more
     * @param nanos a clock that only runs forward, as {@link System#nanoTime()}
     * @param each hears the predictions of each batch: the place of its first mail, the mails and what the model says
     * @param scored hears the number of mails of each batch, once it is scored
     */
    public static MailAnswers of(
            BatchFunction<MailText, MailPrediction> model,
            Collection<String> heads,
            List<MailText> mails,
            LongSupplier nanos,
            Predicted each,
            IntConsumer scored) {
        var answers = new LinkedHashMap<String, Head>();
        heads.forEach(head -> answers.put(head, new Head(mails.size())));
        model.apply(mails.subList(0, Math.min(BATCH, mails.size())));
        long taken = 0;
        for (int from = 0; from < mails.size(); from += BATCH) {
            List<MailText> batch = mails.subList(from, Math.min(from + BATCH, mails.size()));
            long start = nanos.getAsLong();
            List<MailPrediction> predictions = model.apply(batch);
            taken += nanos.getAsLong() - start;
            for (int i = 0; i < batch.size(); i++) {
                int mail = from + i;
                MailPrediction prediction = predictions.get(i);
                answers.forEach(
                        (name, head) -> head.set(mail, prediction.head(name).orElseThrow()));
            }
            each.take(from, batch, predictions);
            scored.accept(batch.size());
        }
        long characters = mails.stream()
                .mapToLong(mail -> mail.subject().length() + mail.body().length())
                .sum();
        return new MailAnswers(answers, mails.size(), taken / NANOS, characters);
    }
}
