package dev.vorrang.app.demo;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.stream.ScoreFeed;
import dev.vorrang.app.stream.ScoredStream;
import dev.vorrang.app.stream.Scoring;
import dev.vorrang.app.stream.StreamHooks;
import dev.vorrang.app.streams.machine.source.MachineConnectors;
import dev.vorrang.app.streams.machine.source.MachineSourceSettings;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.app.terminal.ScoreView;
import dev.vorrang.app.worker.ConnectWorker;
import dev.vorrang.embedded.BrokerEnd;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import dev.vorrang.scoring.model.ModelOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Both streams in this program, for show: broker, registry, scoring, a Connect worker, a mailbox into which the demo's mails
 * arrive, and an MQTT broker to which its machines send what they read. Everything listens on this machine alone and lives in one folder. For one thread.
 */
public final class DemoProgram {

    private static final String MAILBOX = "demo-mailbox";
    private static final String PLANT = "demo-plant";
    private static final Topics TOPICS = new Topics("");

    private final List<? extends StreamKit<?, ?>> kits;
    private final Options options;
    private final Progress progress;
    private final StopSignal stop;
    private final Closer parts = new Closer();

    /**
     * What can be chosen.
     *
     * @param folder for all data; its owner deletes it
     * @param model folder of a model's version for the first stream, in place of the one that ships
     * @param once end when all is scored
     * @param speed how much faster than normal mails and readings arrive, above 0
     * @param brokerPort port for the broker, 0 for any
     * @param registryPort port for the registry, 0 for any
     */
    public record Options(
            Path folder, Optional<Path> model, boolean once, double speed, int brokerPort, int registryPort) {}

    /** @param kits of the streams that it shows */
    public DemoProgram(List<? extends StreamKit<?, ?>> kits, Options options, Progress progress, StopSignal stop) {
        this.kits = kits;
        this.options = options;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Starts everything, runs the demo, and closes everything.
     *
     * @param view makes the view when all is ready, out of what can be said of where to look
     * @throws RuntimeException if it cannot be started, or mails stay unscored; the message tells why
     */
    public void run(Function<String, ScoreView> view) {
        try {
            start(view);
        } catch (RuntimeException e) {
            // What a signal interrupts ends with exceptions of many kinds.
            if (!stop.stopped()) {
                throw e;
            }
        } finally {
            stop.beginClosing();
            parts.close();
        }
    }

    private void start(Function<String, ScoreView> views) {
        BrokerEnd.tellBefore(() -> progress.fatal("the demo's broker cannot go on with '" + options.folder() + "'"
                + Logs.lastStorageError().map(error -> " (" + error + ")").orElse("")
                + ". Free some space there, or choose another disk with JAVA_OPTS=-Djava.io.tmpdir=FOLDER."));
        // The models take as long to load as the broker to start: side by side.
        var loading = kits.stream()
                .map(kit -> CompletableFuture.supplyAsync(() -> load(kit)))
                .toList();
        var kafka = progress.step("broker", this::startKafka, EmbeddedKafka::bootstrapServers);
        var registry = progress.step(
                "registry", () -> startRegistry(kafka), each -> each.url().toString());
        var client = parts.add(
                "registry client",
                ConfluentSchemaRegistry.connect(
                        Map.of("schema.registry.url", registry.url().toString())));
        var serdes = new AvroSerdes(client);
        var streams = loading.stream()
                .map(each -> progress.step("model", () -> join(each), ScoredStream::describe))
                .toList();
        progress.step("scoring", () -> startScoring(kafka, serdes, streams), scoring -> "exactly once");
        var mailbox = progress.step("mailbox", this::startMailbox, each -> "imap://" + each.host() + ":" + each.port());
        var plant = progress.step(
                "machines", this::startPlant, each -> each.broker().toString());
        var worker = progress.step(
                "connectors", () -> startWorker(kafka, registry, mailbox, plant), each -> "read mailbox and machines");
        var feed = parts.add("feed", ScoreFeed.fromBeginning(kafka.bootstrapServers(), Map.of(), TOPICS, serdes));
        progress.ready("mails arrive, machines run");
        stop.check();
        var where = "broker " + kafka.bootstrapServers() + "  ·  registry " + registry.url() + "  ·  " + plant.broker();
        try (var view = views.apply(where)) {
            new Demo(mailbox, plant, stop, view, Clock.systemUTC())
                    .run(feed, options.speed(), options.once(), () -> worker.health(MAILBOX)
                            .failure()
                            .or(() -> worker.health(PLANT).failure()));
        }
    }

    private EmbeddedKafka startKafka() {
        return parts.add("broker", EmbeddedKafka.start(options.folder().resolve("kafka"), options.brokerPort()));
    }

    private EmbeddedRegistry startRegistry(EmbeddedKafka kafka) {
        stop.check();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.registryPort());
        return parts.add("registry", EmbeddedRegistry.start(kafka.bootstrapServers(), address));
    }

    private <S extends StreamOptions, M extends Model<?, ?>> ScoredStream<S, M> load(StreamKit<S, M> kit) {
        var folder = options.model().filter(any -> kit == kits.get(0)).orElseGet(kit::shippedModel);
        return new ScoredStream<>(kit, kit.demo(), List.of(kit.load(folder, ModelOptions.defaults())));
    }

    private List<Scoring> startScoring(
            EmbeddedKafka kafka, AvroSerdes serdes, List<? extends ScoredStream<?, ?>> streams) {
        stop.check();
        return streams.stream()
                .map(stream -> parts.add(
                        "scoring of " + stream.kit().name(),
                        stream.start(
                                TOPICS,
                                StreamEnvironment.of(
                                        serdes,
                                        new SimpleMeterRegistry(),
                                        stream.kit().name()),
                                streams(kafka, "vorrang-demo-" + stream.kit().name()),
                                StreamHooks.STANDARD)))
                .toList();
    }

    private StreamsSettings streams(EmbeddedKafka kafka, String applicationId) {
        return StreamsSettings.of(
                        kafka.bootstrapServers(),
                        applicationId,
                        options.folder().resolve("state"))
                .withTopics(new TopicCreation(true, 2, (short) 1));
    }

    private DemoPlant startPlant() {
        stop.check();
        return parts.add("machines", DemoPlant.start(options.folder().resolve("mqtt"), Clock.systemUTC()));
    }

    private DemoMailbox startMailbox() {
        stop.check();
        return parts.add("mailbox", DemoMailbox.start(Clock.systemUTC()));
    }

    private ConnectWorker startWorker(
            EmbeddedKafka kafka, EmbeddedRegistry registry, DemoMailbox mailbox, DemoPlant plant) {
        stop.check();
        var worker = parts.add(
                "connectors",
                ConnectWorker.start(kafka.bootstrapServers(), "vorrang-connect-offsets", Map.of(), topic -> {}));
        worker.run(MAILBOX, mailboxConfig(registry, mailbox));
        worker.run(PLANT, plantConfig(registry, plant));
        return worker;
    }

    private static Map<String, String> mailboxConfig(EmbeddedRegistry registry, DemoMailbox mailbox) {
        return Map.ofEntries(
                Map.entry("connector.class", "dev.vorrang.connectors.imap.ImapSourceConnector"),
                Map.entry("tasks.max", "1"),
                Map.entry("value.converter", "dev.vorrang.connectors.avro.AvroConverter"),
                Map.entry("value.converter.schema.registry.url", registry.url().toString()),
                Map.entry("imap.host", mailbox.host()),
                Map.entry("imap.port", Integer.toString(mailbox.port())),
                Map.entry("imap.security", "none"),
                Map.entry("imap.user", DemoMailbox.USER),
                Map.entry("imap.password", DemoMailbox.PASSWORD),
                // Nobody should wait a minute for a mail whose notice was lost.
                Map.entry("poll.interval.ms", "2000"),
                Map.entry("topic", TOPICS.mailReceived().name()));
    }

    private static Map<String, String> plantConfig(EmbeddedRegistry registry, DemoPlant plant) {
        var settings = Map.of(
                "mqtt.host",
                plant.broker().getHost(),
                "mqtt.port",
                Integer.toString(plant.broker().getPort()),
                "mqtt.security",
                "none",
                "mqtt.client.id",
                PLANT,
                "mqtt.filters",
                DemoPlant.FILTER,
                "payload.topic.template",
                DemoPlant.FILTER.replace("+", "{machine}"),
                "payload.json.time",
                "/time",
                "payload.json.values",
                "/values");
        var source = new MachineSourceSettings(
                PLANT, MachineSourceSettings.Connector.MQTT, 1, new ClientProperties(settings));
        return MachineConnectors.config(
                source, TOPICS, Map.of("schema.registry.url", registry.url().toString()));
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
