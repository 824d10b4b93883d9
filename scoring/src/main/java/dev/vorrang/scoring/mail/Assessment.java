package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.scoring.engine.Prediction;
import java.time.Instant;

/** Makes a score, with priority and queues, of what the model says of a mail. Called by many threads. */
@FunctionalInterface
public interface Assessment {

    /**
     * @param repeats other mails of the thread within its window, 0 or more
     * @param position where the mail stands in Kafka
     * @param now time of scoring
     */
    MailScore assess(
            EmailMessage mail, Prediction<MailPrediction> prediction, int repeats, Position position, Instant now);
}
