package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.scoring.batch.Outcome;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.time.Instant;

/**
 * A mail that waits for its batch.
 *
 * @param owner processor of its task, which sends it on
 * @param place where to go on
 * @param source as it was read, for a dead letter
 * @param input what the model reads of it
 * @param repeats other mails of its thread
 * @param arrived when it came to the processor
 */
record HeldMail(
        MailProcessor owner,
        CommitHook.Place place,
        Source source,
        EmailMessage mail,
        MailText input,
        int repeats,
        Instant arrived)
        implements Held<MailText, MailPrediction> {

    @Override
    public void conclude(Outcome<MailPrediction> outcome) {
        owner.conclude(this, outcome);
    }
}
