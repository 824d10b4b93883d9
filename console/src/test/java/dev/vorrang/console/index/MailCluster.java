package dev.vorrang.console.index;

import dev.vorrang.console.mail.MailConsole;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with the topics of the mail stream, which writes what scoring and people would write. */
public final class MailCluster implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    static final int PARTITIONS = 3;

    public final Topics topics = new Topics("");
    final FixedRegistry registry = new FixedRegistry();
    public final AvroSerdes serdes = new AvroSerdes(registry);
    private final Path folder;
    private EmbeddedKafka kafka;
    private KafkaProducer<String, byte[]> producer;

    public MailCluster(Path folder) {
        this.folder = folder;
        kafka = EmbeddedKafka.start(folder, 0);
        createTopics(topics.mailReceived(), topics.mailScored(), topics.deskEvents());
        producer = producer();
    }

    public Map<String, String> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    public void createTopics(Topic<?>... created) {
        admin(admin -> admin.createTopics(List.of(created).stream()
                        .map(each -> new NewTopic(each.name(), PARTITIONS, (short) 1).configs(each.config()))
                        .toList())
                .all()
                .get(30, TimeUnit.SECONDS));
    }

    void deleteTopic(Topic<?> topic) {
        admin(admin -> admin.deleteTopics(List.of(topic.name())).all().get(30, TimeUnit.SECONDS));
    }

    private interface Administration {
        Object with(Admin admin) throws Exception;
    }

    private void admin(Administration administration) {
        try (var admin = Admin.create(Map.<String, Object>copyOf(client()))) {
            administration.with(admin);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        var settings = new HashMap<String, Object>(client());
        settings.put("linger.ms", "5");
        // With more, the first of two batches to a new topic can be lost (KAFKA-15591).
        settings.put("max.in.flight.requests.per.connection", "1");
        settings.put("max.request.size", "8388608");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    ConsoleIndex open(Path index) {
        try {
            return ConsoleIndex.open(settings(index), List.of(new MailConsole(topics)));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    IndexSettings settings(Path index) {
        return new IndexSettings(index, client(), topics, serdes, Duration.ofMillis(50), Duration.ofMillis(500));
    }

    /** A mail is received and scored. */
    public void mail(String id, String subject, String text, UnaryOperator<MailScore.Builder> scored) {
        mail(
                EmailMessage.newBuilder()
                        .setId(id)
                        .setThread("thread-" + id)
                        .setSource("file:/" + id)
                        .setReceivedAt(NOON)
                        .setSubject(subject)
                        .setText(text)
                        .build(),
                scored);
    }

    /** Mails m{first} and following, written without waiting for each. */
    void mails(int first, int count) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        var mails = new ArrayList<EmailMessage>();
        for (int i = first; i < first + count; i++) {
            EmailMessage mail = EmailMessage.newBuilder()
                    .setId("m" + i)
                    .setThread("thread-" + i)
                    .setSource("file:/m" + i)
                    .setReceivedAt(NOON.plusSeconds(i))
                    .setSubject("Mail " + i)
                    .setText("text " + i)
                    .build();
            mails.add(mail);
            sent.add(send(topics.mailReceived(), mail.getThread(), mail));
        }
        for (int i = 0; i < count; i++) {
            RecordMetadata at = done(sent.get(i));
            MailScore score = score(mails.get(i), new Position(at.topic(), at.partition(), at.offset()))
                    .build();
            sent.set(i, send(topics.mailScored(), score.getThread(), score));
        }
        sent.forEach(MailCluster::done);
    }

    void mail(EmailMessage mail, UnaryOperator<MailScore.Builder> scored) {
        RecordMetadata at = write(topics.mailReceived(), mail.getThread(), mail);
        score(score(mail, new Position(at.topic(), at.partition(), at.offset())), scored);
    }

    void score(MailScore.Builder score, UnaryOperator<MailScore.Builder> scored) {
        MailScore written = scored.apply(score).build();
        write(topics.mailScored(), written.getThread(), written);
    }

    static MailScore.Builder score(EmailMessage mail, Position position) {
        return MailScore.newBuilder()
                .setId(mail.getId())
                .setThread(mail.getThread())
                .setSource(mail.getSource())
                .setSubject(mail.getSubject())
                .setReceivedAt(mail.getReceivedAt())
                .setTopic("billing")
                .setPriority(Priority.NORMAL)
                .setPriorityScore(0.4f)
                .setQueues(List.of("service"))
                .setModel(new ModelRef("mail-triage", "3"))
                .setPosition(position)
                .setScoredAt(mail.getReceivedAt().plusSeconds(1));
    }

    DeskEvent event(String record, DeskEventType type, String who) {
        return event(record, type, who, Map.of());
    }

    DeskEvent event(String record, DeskEventType type, String who, Map<String, String> corrections) {
        DeskEvent event = DeskEvent.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setRecord(record)
                .setStream("mail")
                .setType(type)
                .setWho(who)
                .setChannel("console")
                .setAt(NOON)
                .setCorrections(corrections)
                .build();
        write(event);
        return event;
    }

    void write(DeskEvent event) {
        write(topics.deskEvents(), event.getRecord(), event);
    }

    <V extends SpecificRecord> RecordMetadata write(Topic<V> topic, String key, V value) {
        return done(send(topic, key, value));
    }

    private <V extends SpecificRecord> Future<RecordMetadata> send(Topic<V> topic, String key, V value) {
        byte[] bytes = serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
        return producer.send(new ProducerRecord<>(topic.name(), key, bytes));
    }

    RecordMetadata write(String topic, String key, byte[] value) {
        return done(producer.send(new ProducerRecord<>(topic, key, value)));
    }

    private static RecordMetadata done(Future<RecordMetadata> sent) {
        try {
            // Longer than the producer itself waits: its failure says why.
            return sent.get(3, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void stopBroker() {
        producer.close(Duration.ZERO);
        kafka.close();
    }

    public void startBroker() {
        kafka = EmbeddedKafka.start(folder, kafka.port());
        producer = producer();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        kafka.close();
    }
}
