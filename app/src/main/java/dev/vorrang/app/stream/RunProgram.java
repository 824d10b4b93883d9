package dev.vorrang.app.stream;

import dev.vorrang.app.metrics.MetricsServer;
import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.app.program.StartedParts;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.MailboxSettings;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.ScoringSettings;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.app.worker.ConnectWorker;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The streams with real mailboxes and machines: starts the parts that the settings give to this program, uses those that run elsewhere, and
 * watches over them until it is stopped. For one thread.
 */
public final class RunProgram {

    private static final String URL = "schema.registry.url";

    private final Settings settings;
    private final Progress progress;
    private final StopSignal stop;
    private final Wiring wiring;
    private final StartedParts parts = new StartedParts();
    private final ProgramMetrics measured;
    private final PrometheusMeterRegistry metrics;

    public RunProgram(Settings settings, Progress progress, StopSignal stop) {
        this(settings, progress, stop, Wiring.STANDARD);
    }

    /** @param wiring of its streams */
    public RunProgram(Settings settings, Progress progress, StopSignal stop, Wiring wiring) {
        this.settings = settings;
        this.progress = progress;
        this.stop = stop;
        this.wiring = wiring;
        this.measured = parts.add("metrics of the program", new ProgramMetrics(settings.data()));
        this.metrics = measured.registry();
    }

    /**
     * Starts everything, watches until the stop signal, and closes everything.
     *
     * @throws RuntimeException if a part cannot be started and waiting would not help; the message tells why
     */
    public void run() {
        try {
            var watch = start();
            progress.ready("Ctrl-C ends");
            watch.untilStopped();
        } catch (RuntimeException e) {
            // What a signal interrupts ends with exceptions of many kinds.
            if (!stop.stopped()) {
                throw e;
            }
        } finally {
            stop.beginClosing();
            progress.say("closing; what was read and not scored is scored at the next start");
            parts.close();
        }
    }

    private Watch start() {
        var waiting = new Waiting(progress, stop);
        // Loaded first: a model that is refused ends the program before anything else is started.
        var scoring = RunScoring.load(settings, progress, wiring);
        var bootstrap = progress.step("broker", () -> broker(waiting), each -> each);
        waiting.forTopics(kafkaClient(bootstrap), settings.topics().creation(), topics());
        var registryClient = registryClient(bootstrap);
        var registry = parts.add("registry client", ConfluentSchemaRegistry.connect(registryClient));
        waiting.forRegistry(registry);
        var watch = new Watch(
                progress, stop, metrics, parts.add("broker's watch", new BrokerWatch(kafkaClient(bootstrap))));
        var around = new Scoring.Surroundings(settings.topics().topics(), new AvroSerdes(registry), metrics);
        stop.check();
        scoring.start(bootstrap, around, parts).forEach(watch::scoring);
        if (settings.metrics().enabled()) {
            progress.step("metrics", () -> startMetrics(watch), each -> each.url() + "/metrics");
        }
        if (settings.ingest().mode() == Placement.EMBEDDED) {
            var worker = progress.step("worker", () -> startWorker(bootstrap), each -> "takes connectors");
            startConnectors(worker, registryClient, watch);
        }
        return watch;
    }

    /** Bootstrap servers of a broker that answers. */
    private String broker(Waiting waiting) {
        stop.check();
        var kafka = settings.kafka();
        if (kafka.mode() == Placement.EMBEDDED) {
            return parts.add("broker", EmbeddedKafka.start(settings.data().resolve("kafka"), kafka.port()))
                    .bootstrapServers();
        }
        var bootstrap = kafka.bootstrapServers().orElseThrow();
        waiting.forBroker(kafkaClient(bootstrap));
        return bootstrap;
    }

    private Map<String, String> kafkaClient(String bootstrap) {
        var client = new HashMap<>(settings.kafka().properties().values());
        client.put("bootstrap.servers", bootstrap);
        return client;
    }

    /**
     * Where this program may create topics, all of the stream, for parts that run elsewhere rely on them; else those that its own
     * parts write to.
     */
    private List<Topic<?>> topics() {
        var names = settings.topics().topics();
        var ingest = settings.ingest();
        var scored = settings.scored();
        boolean reads = ingest.mode() == Placement.EMBEDDED;
        boolean readsMail = reads && !ingest.mailboxes().isEmpty();
        boolean readsMachines = reads && !ingest.machines().isEmpty();
        boolean all = settings.topics().creation().create();
        var topics = new LinkedHashSet<Topic<?>>();
        if (scored.contains(ScoringSettings.Stream.MAIL) || all && readsMail) {
            topics.addAll(names.mail(settings.routes().names()));
        } else if (readsMail) {
            topics.add(names.mailReceived());
        }
        if (scored.contains(ScoringSettings.Stream.MACHINE) || all && readsMachines) {
            topics.addAll(names.machine());
        } else if (readsMachines) {
            topics.addAll(List.of(names.machineReadings(), names.machineDeadLetters()));
        }
        if (reads
                && ingest.mailboxes().stream()
                        .anyMatch(mailbox -> mailbox.start().equals("new"))) {
            topics.add(names.mailStarts());
        }
        return List.copyOf(topics);
    }

    /** Settings of the registry's client, by Confluent's names; starts the registry if it is embedded. */
    private Map<String, String> registryClient(String bootstrap) {
        stop.check();
        var registry = settings.registry();
        var client = new HashMap<>(registry.properties().values());
        if (registry.mode() == Placement.EMBEDDED) {
            var address = new InetSocketAddress(registry.address(), registry.port());
            var embedded = progress.step(
                    "registry",
                    () -> parts.add("registry", EmbeddedRegistry.start(bootstrap, address)),
                    each -> each.url().toString());
            client.put(URL, embedded.url().toString());
        } else {
            client.put(URL, registry.url().orElseThrow().toString());
        }
        return client;
    }

    private MetricsServer startMetrics(Watch watch) {
        var address = new InetSocketAddress(
                settings.metrics().address(), settings.metrics().port());
        return parts.add("metrics", MetricsServer.start(address, metrics, watch::health));
    }

    private ConnectWorker startWorker(String bootstrap) {
        stop.check();
        var clients = new HashMap<String, String>();
        // A worker's producers take its settings with a prefix, its own clients without one.
        settings.kafka().properties().values().forEach((key, value) -> {
            clients.put(key, value);
            clients.put("producer." + key, value);
        });
        // Named after the mails since before there were machines: another name would read all mailboxes anew.
        var offsets = settings.topics().topics().mailReceived().name() + ".offsets";
        var letters = new SourceDeadLetters(settings.topics().topics(), metrics);
        return parts.add("worker", ConnectWorker.start(bootstrap, offsets, clients, letters::count));
    }

    private void startConnectors(ConnectWorker worker, Map<String, String> registryClient, Watch watch) {
        var topics = settings.topics().topics();
        for (var mailbox : settings.ingest().mailboxes()) {
            stop.check();
            var config = ImapConnector.config(mailbox, topics.mailReceived().name(), registryClient);
            progress.step("mailbox", () -> run(worker, mailbox.name(), config), name -> describe(mailbox));
            watch.connector(worker, "mailbox", mailbox.name());
            measured.source(mailbox.name(), () -> worker.health(mailbox.name()).running());
        }
        for (var source : settings.ingest().machines()) {
            stop.check();
            var config = MachineConnectors.config(source, topics, registryClient);
            progress.step(
                    "machines",
                    () -> run(worker, source.name(), config),
                    name -> name + ": " + source.connector().name().toLowerCase(Locale.ROOT));
            watch.connector(worker, "machines", source.name());
            measured.source(source.name(), () -> worker.health(source.name()).running());
        }
    }

    private static String run(ConnectWorker worker, String name, Map<String, String> config) {
        worker.run(name, config);
        return name;
    }

    private static String describe(MailboxSettings mailbox) {
        return mailbox.name() + ": " + String.join(", ", mailbox.folders()) + " of " + mailbox.user() + " at "
                + mailbox.host() + ":" + mailbox.port();
    }
}
