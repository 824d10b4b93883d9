package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.scoring.mail.MailText;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A mail that waits for its batch.
 *
 * @param owner processor of its task, which sends it on
 * @param place where to go on
 * @param record as it was read, for a dead letter
 * @param repeats other mails of its thread
 * @param arrived when it came to the processor
 */
record HeldMail(
        MailProcessor owner,
        CommitHook.Place place,
        Source source,
        EmailMessage mail,
        MailText text,
        int repeats,
        Instant arrived) {

    /** A record as it was read, and its position. */
    record Source(dev.vorrang.schemas.Position position, Record<byte[], byte[]> record) {}
}
