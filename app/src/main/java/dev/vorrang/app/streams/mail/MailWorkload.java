package dev.vorrang.app.streams.mail;

import dev.vorrang.app.crash.Poison;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.mail.MailRoutes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;

/** Mails of many threads. */
public final class MailWorkload extends Workload {

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

    private final Serializer<EmailMessage> serializer;

    public MailWorkload(Topics topics, AvroSerdes serdes, long seed) {
        super(topics, serdes, seed, THREADS);
        serializer = serdes.valueSerde(topics.mailReceived()).serializer();
    }

    @Override
    public Topic<EmailMessage> input() {
        return topics().mailReceived();
    }

    @Override
    public Scores<MailScore> scores() {
        var routes = new LinkedHashMap<String, Topic<MailScore>>();
        MailRoutes.defaults().names().forEach(queue -> routes.put(queue, topics().mailRoute(queue)));
        return new Scores<>(topics().mailScored(), MailScore::getId, MailScore::getQueues, routes);
    }

    @Override
    public Topic<DeadLetter> deadLetters() {
        return topics().mailDeadLetters();
    }

    @Override
    public List<Topic<?>> all() {
        return topics().mail(MailRoutes.defaults().names());
    }

    @Override
    protected int minBeforeModel() {
        return 0;
    }

    @Override
    public String key(int number) {
        return "thread-" + keyOf(number);
    }

    @Override
    protected byte[] good(int number) {
        var random = random(number);
        String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
        boolean chokes = poison(number).filter(Poison.CHOKES::equals).isPresent();
        var text = new StringBuilder();
        for (int sentences = 1 + random.nextInt(6); sentences > 0; sentences--) {
            text.append(SENTENCES.get(random.nextInt(SENTENCES.size()))).append('\n');
        }
        var mail = EmailMessage.newBuilder()
                .setId(id(number))
                .setThread(key(number))
                .setSource("crashtest:" + number)
                .setReceivedAt(FIRST.plusSeconds(number))
                .setFrom(List.of(new Address(null, "customer" + random.nextInt(1_000) + "@customer.example")))
                .setSubject(chokes ? Poison.MARK + " " + subject : subject)
                .setText(text.toString())
                .build();
        return serializer.serialize(input().name(), mail);
    }
}
