package dev.vorrang.app.score;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Position;
import dev.vorrang.scoring.batch.BatchFunction;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.MailTriage;
import java.io.IOException;
import java.io.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Scores the mails of a reader in batches and writes one line of JSON for each, in their order. Each mail is judged by itself:
 * earlier mails of its thread do not count. At most one batch is in memory. For one thread.
 */
public final class MailScorer {

    private static final int BATCH = 256;

    private final BatchFunction<MailText, MailPrediction> model;
    private final MailTriage triage;
    private final Clock clock;

    public MailScorer(BatchFunction<MailText, MailPrediction> model, MailTriage triage, Clock clock) {
        this.model = model;
        this.triage = triage;
        this.clock = clock;
    }

    /**
     * @param scored hears the number of mails of each batch, once it is written
     * @return number of mails scored
     * @throws IOException if reading or writing fails
     */
    public long score(MailReader mails, Writer out, IntConsumer scored) throws IOException {
        long count = 0;
        var batch = new ArrayList<EmailMessage>(BATCH);
        for (Optional<EmailMessage> mail = mails.next(); mail.isPresent(); mail = mails.next()) {
            batch.add(mail.get());
            if (batch.size() == BATCH) {
                count += write(batch, count, out, scored);
            }
        }
        return count + write(batch, count, out, scored);
    }

    private int write(List<EmailMessage> batch, long before, Writer out, IntConsumer scored) throws IOException {
        int size = batch.size();
        if (size > 0) {
            List<MailPrediction> predictions = model.apply(batch.stream()
                    .map(mail -> new MailText(mail.getSubject(), mail.getText()))
                    .toList());
            for (int i = 0; i < size; i++) {
                var position = new Position("score", 0, before + i);
                var score = triage.assess(batch.get(i), predictions.get(i), 0, position, clock.instant());
                out.write(ScoreLine.of(score, predictions.get(i)));
                out.write('\n');
            }
            scored.accept(size);
            batch.clear();
        }
        return size;
    }
}
