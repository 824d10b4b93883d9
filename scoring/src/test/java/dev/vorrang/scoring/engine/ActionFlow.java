package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.action.ActionEnvironment;
import dev.vorrang.scoring.action.ActionSettings;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.action.ActionTopology;
import dev.vorrang.scoring.machine.MachineActions;
import dev.vorrang.scoring.mail.MailActions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** Actions without a broker, by a clock that is moved by hand. */
final class ActionFlow implements AutoCloseable {

    static final Topics TOPICS = new Topics("");
    static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private static final ActionSource<MailScore> MAILS = MailActions.source(TOPICS);
    private static final ActionSource<MachineAlert> MACHINES = MachineActions.source(TOPICS);
    private static final List<ActionSource<?>> SOURCES = List.of(MAILS, MACHINES);
    private static final List<String> STORES = List.of("action-queues", "action-seen", "action-records", "action-due");

    final SettableClock clock;
    final MeterRegistry meters = new SimpleMeterRegistry();

    private final Path folder;
    private final ActionSettings settings;
    private final AvroSerdes serdes = new AvroSerdes(new FixedRegistry());
    private TopologyTestDriver driver;
    private int event;

    ActionFlow(Path folder, Instant now, ActionSettings settings) {
        this.folder = folder;
        this.clock = new SettableClock(now);
        this.settings = settings;
        start();
    }

    private void start() {
        var environment = new ActionEnvironment(TOPICS, serdes, meters, clock);
        driver = new TopologyTestDriver(
                ActionTopology.build(settings, SOURCES, environment),
                StreamsSettings.of("none:9092", "actions", folder).toProperties(256, Duration.ZERO),
                clock.instant());
    }

    /** Tasks begin anew with what is in their stores. */
    void restart() {
        var kept = new HashMap<String, Map<Object, Object>>();
        STORES.forEach(name -> kept.put(name, stored(name)));
        driver.close();
        start();
        kept.forEach((name, entries) -> {
            KeyValueStore<Object, Object> store = driver.getKeyValueStore(name);
            entries.forEach(store::put);
        });
    }

    Map<Object, Object> stored(String name) {
        var stored = new HashMap<>();
        try (var all = driver.getKeyValueStore(name).all()) {
            all.forEachRemaining(entry -> stored.put(entry.key, entry.value));
        }
        return stored;
    }

    <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        byte[] bytes = serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
        sendBytes(topic, key, bytes);
    }

    void sendBytes(Topic<?> topic, String key, byte[] bytes) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, bytes, clock.instant());
    }

    MailScore.Builder mail(String id) {
        return MailScore.newBuilder(MAILS.sample().apply(clock.instant()))
                .setId(id)
                .setThread("thread of " + id)
                .setSubject("Subject of " + id);
    }

    /** An urgent mail about an outage. */
    void urgentMail(String id) {
        send(mail(id).build());
    }

    void mail(String id, Priority priority) {
        send(mail(id).setPriority(priority).build());
    }

    void send(MailScore score) {
        send(TOPICS.mailScored(), score.getThread(), score);
    }

    void alert(String id, AlertState state) {
        var alert = MachineAlert.newBuilder(MACHINES.sample().apply(clock.instant()))
                .setId(id)
                .setState(state)
                .build();
        send(TOPICS.machineAlerts(), alert.getMachine(), alert);
    }

    void desk(String record, DeskEventType type, String who) {
        send(event(record, type, who).build());
    }

    DeskEvent.Builder event(String record, DeskEventType type, String who) {
        return DeskEvent.newBuilder()
                .setId("event-" + event++)
                .setRecord(record)
                .setStream("mail")
                .setType(type)
                .setWho(who)
                .setChannel("console")
                .setAt(clock.instant());
    }

    void send(DeskEvent event) {
        send(TOPICS.deskEvents(), event.getRecord(), event);
    }

    /** Time goes by, as it does, a second after the other. */
    void pass(Duration time) {
        for (long left = time.toSeconds(); left > 0; left--) {
            clock.advance(Duration.ofSeconds(1));
            tick();
        }
    }

    /** The task looks at its clock. */
    void tick() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    /** Since the last time. */
    List<Action> actions(String sink) {
        return read(TOPICS.actions(sink));
    }

    List<DeskState> states() {
        return read(TOPICS.deskState());
    }

    List<DeadLetter> undecided() {
        return read(TOPICS.actionsUndecided());
    }

    /** Values, null where there is none. */
    private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        var values = serdes.valueSerde(topic).deserializer();
        return driver
                .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(bytes -> bytes == null ? null : values.deserialize(topic.name(), bytes))
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        driver.close();
    }
}
