package dev.vorrang.app.streams.mail.terminal;

import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import java.time.Instant;
import java.util.List;

/** Scores for tests. */
public final class Scores {

    public static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private Scores() {}

    public static MailScore score(String id, Priority priority, double value) {
        return score(id, priority, value, "subject of " + id, id + "@customer.example", "topic outage");
    }

    public static MailScore score(
            String id, Priority priority, double value, String subject, String sender, String... reasons) {
        return MailScore.newBuilder()
                .setId(id)
                .setThread(id)
                .setSource("imap://service@127.0.0.1/INBOX;UIDVALIDITY=1/;UID=1")
                .setSender(sender)
                .setSubject(subject)
                .setReceivedAt(NOW)
                .setTopic("outage")
                .setSentiment("negative")
                .setPriority(priority)
                .setPriorityScore((float) value)
                .setReasons(List.of(reasons))
                .setModel(new ModelRef("mail-triage", "1"))
                .setPosition(new Position("mail.received", 0, 0L))
                .setScoredAt(NOW)
                .build();
    }
}
