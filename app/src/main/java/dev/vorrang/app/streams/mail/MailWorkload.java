package dev.vorrang.app.streams.mail;

import dev.vorrang.app.crash.Poison;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.crash.Workload.Draft;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.mail.MailRoutes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** Mails of many threads. */
final class MailWorkload implements Workload.Records<EmailMessage> {

    private static final int THREADS = 300;
    private static final Instant FIRST = Instant.parse("2026-01-05T08:00:00Z");

    private static final List<String> SUBJECTS = List.of(
            "Order of two refrigerators",
            "Rechnung doppelt abgebucht",
            "The cold room is at 15 degrees",
            "Danke für die schnelle Hilfe",
            "Where is my delivery?",
            "NOTFALL: Kühlung ausgefallen",
            "How do I change the display?",
            "Kündigung des Wartungsvertrags");
    private static final List<String> SENTENCES = List.of(
            "Please send us the confirmation and the date of delivery.",
            "This is the third time that I write, and nobody answers.",
            "Bitte erstatten Sie uns den zweiten Betrag.",
            "Your technician was friendly, and everything works again.",
            "Die Ware verdirbt, wir brauchen sofort jemanden!",
            "I could not find it in the manual.",
            "Wir sind sehr zufrieden und bestellen gern wieder.",
            "We shall have to look for another supplier.",
            "Können Sie mir bitte die Anleitung schicken?",
            "The invoice does not match our order.");

    private final Topics topics;

    MailWorkload(Topics topics) {
        this.topics = topics;
    }

    @Override
    public int keys() {
        return THREADS;
    }

    @Override
    public String key(int number) {
        return "thread-" + number;
    }

    @Override
    public Workload.Scores<MailScore> scores(TopicSet<?> own) {
        var routes = new LinkedHashMap<String, Topic<MailScore>>();
        MailRoutes.defaults().names().forEach(queue -> routes.put(queue, topics.mailRoute(queue)));
        return new Workload.Scores<>(topics.mailScored(), MailScore::getQueues, routes);
    }

    @Override
    public EmailMessage record(Draft draft) {
        var random = draft.random();
        String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
        var text = new StringBuilder();
        for (int sentences = 1 + random.nextInt(6); sentences > 0; sentences--) {
            text.append(SENTENCES.get(random.nextInt(SENTENCES.size()))).append('\n');
        }
        return EmailMessage.newBuilder()
                .setId(draft.id())
                .setThread(draft.key())
                .setSource("crashtest:" + draft.number())
                .setReceivedAt(FIRST.plusSeconds(draft.number()))
                .setFrom(List.of(new Address(null, "customer" + random.nextInt(1_000) + "@customer.example")))
                .setSubject(draft.chokes() ? Poison.MARK + " " + subject : subject)
                .setText(text.toString())
                .build();
    }
}
