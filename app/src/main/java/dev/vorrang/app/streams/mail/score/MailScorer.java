package dev.vorrang.app.streams.mail.score;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.scoring.engine.ModelCalls;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.batch.Outcome;
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
 * earlier mails of its thread do not count. A mail for which the model fails has a line with the error. At most one batch is in
 * memory. For one thread.
 */
public final class MailScorer {

    private static final int BATCH = 256;

    private final Predictor<MailText, MailPrediction> models;
    private final MailTriage triage;
    private final Clock clock;
    private final List<String> failures = new ArrayList<>();

    /** @param models stay the caller's to close */
    public MailScorer(Predictor<MailText, MailPrediction> models, MailTriage triage, Clock clock) {
        this.models = models;
        this.triage = triage;
        this.clock = clock;
    }

    /**
     * @param scored hears the number of mails of each batch, once it is written
     * @return number of mails written
     * @throws IOException if reading or writing fails
     * @throws dev.vorrang.scoring.engine.batch.ModelFailingException if the model fails whatever it is given
     */
    public long score(MailReader mails, Writer out, IntConsumer scored) throws IOException {
        long count = 0;
        var batch = new ArrayList<EmailMessage>(BATCH);
        try (var calls = ModelCalls.standalone(models)) {
            for (Optional<EmailMessage> mail = mails.next(); mail.isPresent(); mail = mails.next()) {
                batch.add(mail.get());
                if (batch.size() == BATCH) {
                    count += write(calls, batch, count, out, scored);
                }
            }
            return count + write(calls, batch, count, out, scored);
        }
    }

    /** Mails for which the model failed, a line for people each. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    private int write(
            ModelCalls<MailText, MailPrediction> calls,
            List<EmailMessage> batch,
            long before,
            Writer out,
            IntConsumer scored)
            throws IOException {
        int size = batch.size();
        if (size > 0) {
            var inputs = batch.stream()
                    .map(mail -> new MailText(mail.getSubject(), mail.getText()))
                    .toList();
            var outcomes = calls.score(() -> "scoring " + size + " mails", inputs);
            for (int i = 0; i < size; i++) {
                out.write(line(batch.get(i), outcomes.get(i), before + i));
                out.write('\n');
            }
            scored.accept(size);
            batch.clear();
        }
        return size;
    }

    private String line(EmailMessage mail, Outcome<Prediction<MailPrediction>> outcome, long number) {
        if (outcome instanceof Outcome.Scored<Prediction<MailPrediction>> scored) {
            var position = new Position("score", 0, number);
            var score = triage.assess(mail, scored.score(), 0, position, clock.instant());
            return ScoreLine.of(score, scored.score().value());
        }
        var failed = (Outcome.Failed<Prediction<MailPrediction>>) outcome;
        failures.add("mail " + (number + 1) + " (id " + mail.getId() + "): the model fails for it: "
                + ForeignText.lines(String.valueOf(failed.cause().getMessage())));
        return ScoreLine.failed(mail.getId(), failed.cause());
    }
}
