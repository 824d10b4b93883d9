package dev.vorrang.app.stream;

import dev.vorrang.app.metrics.MetricsServer;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.program.StartedParts;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.MailboxSettings;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.app.worker.ConnectWorker;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.model.MailModel;
import dev.vorrang.scoring.topology.StreamsSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mail stream with a real mailbox: starts the parts that the settings give to this program, uses those that run elsewhere, and
 * watches over them until it is stopped. For one thread.
 */
public final class RunProgram {

    private static final String URL = "schema.registry.url";

    private final Settings settings;
    private final Progress progress;
    private final StopSignal stop;
    private final StartedParts parts = new StartedParts();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public RunProgram(Settings settings, Progress progress, StopSignal stop) {
        this.settings = settings;
        this.progress = progress;
        this.stop = stop;
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
        var model = scores()
                ? Optional.of(progress.step("model", this::loadModel, RunProgram::name))
                : Optional.<MailModel>empty();
        var bootstrap = progress.step("broker", () -> broker(waiting), each -> each);
        waiting.forTopics(kafkaClient(bootstrap), settings.topics().creation(), topics());
        var registryClient = registryClient(bootstrap);
        var registry = parts.add("registry client", ConfluentSchemaRegistry.connect(registryClient));
        waiting.forRegistry(registry);
        var watch = new Watch(
                progress, stop, metrics, parts.add("broker's watch", new BrokerWatch(kafkaClient(bootstrap))));
        model.ifPresent(each -> watch.scoring(
                progress.step("scoring", () -> startScoring(each, bootstrap, registry), scoring -> settings.scoring()
                        .guarantee()
                        .toString())));
        if (settings.metrics().enabled()) {
            progress.step("metrics", () -> startMetrics(watch), each -> each.url() + "/metrics");
        }
        if (settings.ingest().mode() == Placement.EMBEDDED) {
            var worker = progress.step("worker", () -> startWorker(bootstrap), each -> "takes connectors");
            for (var mailbox : settings.ingest().mailboxes()) {
                stop.check();
                progress.step("mailbox", () -> startConnector(worker, mailbox, registryClient), each -> each);
                watch.connector(worker, mailbox.name());
            }
        }
        return watch;
    }

    private boolean scores() {
        return settings.scoring().mode() == Placement.EMBEDDED;
    }

    private MailModel loadModel() {
        var folder = settings.scoring().model();
        return MailModel.load(Home.resolve(folder), settings.scoring().modelOptions());
    }

    private static String name(MailModel model) {
        return model.card().name() + " " + model.card().version();
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
        boolean reads = settings.ingest().mode() == Placement.EMBEDDED;
        var all = new ArrayList<Topic<?>>();
        if (scores() || settings.topics().creation().create()) {
            all.addAll(names.mail(settings.routes().names()));
        } else if (reads) {
            all.add(names.mailReceived());
        }
        if (reads
                && settings.ingest().mailboxes().stream()
                        .anyMatch(mailbox -> mailbox.start().equals("new"))) {
            all.add(names.mailStarts());
        }
        return all;
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

    private Scoring startScoring(MailModel model, String bootstrap, ConfluentSchemaRegistry registry) {
        stop.check();
        var scoring = settings.scoring();
        var plan = new Scoring.Plan(
                PriorityPolicy.of(settings.priority()), settings.routes(), scoring.batch(), scoring.threadWindow());
        var streams = new StreamsSettings(
                bootstrap,
                scoring.applicationId(),
                scoring.guarantee(),
                scoring.threads(),
                scoring.commitInterval(),
                scoring.transactionTimeout(),
                scoring.state().orElse(settings.data().resolve("state")),
                settings.topics().creation(),
                settings.kafka().properties().values());
        return parts.add(
                "scoring",
                Scoring.start(
                        model,
                        model::close,
                        new ModelRef(model.card().name(), model.card().version()),
                        plan,
                        settings.topics().topics(),
                        new AvroSerdes(registry),
                        streams,
                        metrics));
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
        var offsets = settings.topics().topics().mailReceived().name() + ".offsets";
        return parts.add("worker", ConnectWorker.start(bootstrap, offsets, clients));
    }

    private String startConnector(ConnectWorker worker, MailboxSettings mailbox, Map<String, String> registryClient) {
        var topic = settings.topics().topics().mailReceived().name();
        worker.run(mailbox.name(), ImapConnector.config(mailbox, topic, registryClient));
        return mailbox.name() + ": " + String.join(", ", mailbox.folders()) + " of " + mailbox.user() + " at "
                + mailbox.host() + ":" + mailbox.port();
    }
}
