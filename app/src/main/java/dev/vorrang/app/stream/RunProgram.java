package dev.vorrang.app.stream;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.metrics.MetricsServer;
import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.app.program.ClientFile;
import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.DataFolder;
import dev.vorrang.app.program.DiskSpace;
import dev.vorrang.app.program.ListeningPort;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.embedded.BrokerEnd;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedLogin;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.embedded.http.HttpEndpoint;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The streams with real mailboxes and machines: starts the parts that the settings give to this program, uses those that run elsewhere, and
 * watches over them until it is stopped. For one thread.
 */
public final class RunProgram {

    private static final String URL = "schema.registry.url";

    private final Settings settings;
    private final ClientFile clients;
    private final EmbeddedLogin login;
    private final Progress progress;
    private final StopSignal stop;
    private final StreamHooks hooks;
    private final List<? extends StreamKit<?, ?>> kits;
    private final Optional<RunActions> actions;
    private final Optional<RunConsole> console;
    private final Closer parts = new Closer();
    private final ProgramMetrics measured;
    private final PrometheusMeterRegistry metrics;
    private Optional<EmbeddedRegistry> embeddedRegistry = Optional.empty();

    /**
     * @param kits of all streams that there are
     * @param data the settings' data folder; stays the caller's to close
     */
    public RunProgram(
            List<? extends StreamKit<?, ?>> kits,
            Settings settings,
            DataFolder data,
            Progress progress,
            StopSignal stop,
            StreamHooks hooks) {
        this.kits = kits;
        this.settings = settings;
        this.clients = data.clients();
        this.login = clients.login();
        this.progress = progress;
        this.stop = stop;
        this.hooks = hooks;
        this.actions = RunActions.of(kits, settings, progress);
        this.console = RunConsole.of(kits, settings, progress);
        this.measured = parts.add("metrics of the program", new ProgramMetrics(settings.data()));
        this.metrics = measured.registry();
    }

    /**
     * Starts everything, watches until the stop signal, and closes everything.
     *
     * @throws RuntimeException if a part cannot be started and waiting would not help; the message tells why
     */
    public void run() {
        stop.during(
                () -> {
                    var supervisor = start();
                    progress.ready("Ctrl-C ends");
                    supervisor.untilStopped();
                },
                () -> {
                    progress.say("closing; what was read and not scored is scored at the next start");
                    parts.close();
                });
    }

    private Supervisor start() {
        var waiter = new DependencyWaiter(progress, stop);
        // What is refused ends the program before anything is started: ports at once, models after some seconds.
        RunConnectors.check(kits, settings);
        SinkConnectors.check(settings);
        DeskConnector.check(settings);
        ListeningPort.check(ports());
        var disks = disks();
        disks.forEach(DiskSpace::checkStart);
        BrokerEnd.tellBefore(this::tellThatTheBrokerEnds);
        var scoring = RunScoring.load(kits, settings, progress, hooks);
        var bootstrap = progress.step("broker", () -> broker(waiter), each -> each);
        var kafka = kafkaClient(bootstrap);
        waiter.forTopics(kafka, settings.topics().creation(), topics());
        var registryClient = registryClient(kafka);
        var registry = parts.add("registry client", ConfluentSchemaRegistry.connect(registryClient));
        waiter.forRegistry(registry);
        writeClientFile(bootstrap, registryClient.get(URL));
        var supervisor = supervisor(disks, kafka);
        stop.check();
        var serdes = new AvroSerdes(registry);
        scoring.start(kafka, serdes, metrics, parts)
                .forEach(each -> supervisor.part(new Supervisor.Part("scoring of " + each.name(), each::health)));
        actions.ifPresent(each -> each.start(kafka, serdes, metrics, parts, supervisor));
        console.ifPresent(each -> each.start(kafka, serdes, measured, parts, supervisor));
        if (settings.metrics().enabled()) {
            var server = progress.step("metrics", () -> startMetrics(supervisor), each -> each.url() + "/metrics");
            supervisor.endpoint(new EndpointWatch("/metrics", server.url(), server::restart));
        }
        new RunConnectors(kits, settings, progress, stop, measured, actions)
                .start(kafka, registryClient, parts, supervisor);
        return supervisor;
    }

    /** Where this program writes without end. */
    private List<DiskSpace> disks() {
        var disks = new ArrayList<DiskSpace>();
        disks.add(new DiskSpace("data", settings.data()));
        settings.streams().values().stream()
                .flatMap(options -> options.stream().state().stream())
                .distinct()
                .forEach(folder -> {
                    DataFolder.closeToo("streams.*.state", folder, progress::say);
                    disks.add(new DiskSpace("streams.*.state", folder));
                });
        return disks;
    }

    /** In the form of every error that ends the program, for nothing else will tell of it. */
    private void tellThatTheBrokerEnds() {
        progress.fatal("the embedded broker cannot go on with '"
                + settings.data().toAbsolutePath() + "'"
                + Logs.lastStorageError().map(error -> " (" + error + ")").orElse("; its log says why") + ". "
                + DiskSpace.wayOut("data"));
    }

    /** Where servers of this program will listen. */
    private List<ListeningPort> ports() {
        var ports = new ArrayList<ListeningPort>();
        if (settings.kafka().mode() == Placement.EMBEDDED) {
            ports.add(new ListeningPort(
                    "kafka.port", "127.0.0.1", settings.kafka().port()));
        }
        var registry = settings.registry();
        if (registry.mode() == Placement.EMBEDDED) {
            ports.add(new ListeningPort("registry.port", registry.address(), registry.port()));
        }
        var measured = settings.metrics();
        if (measured.enabled()) {
            ports.add(new ListeningPort("metrics.port", measured.address(), measured.port()));
        }
        actions.flatMap(RunActions::port).ifPresent(ports::add);
        console.map(RunConsole::port).ifPresent(ports::add);
        return ports;
    }

    /** For other programs of this user. */
    private void writeClientFile(String bootstrap, String registryUrl) {
        boolean broker = settings.kafka().mode() == Placement.EMBEDDED;
        boolean registry = settings.registry().mode() == Placement.EMBEDDED;
        if (broker || registry) {
            clients.write(
                    login,
                    Optional.of(bootstrap).filter(any -> broker),
                    Optional.of(registryUrl).filter(any -> registry));
        }
    }

    /** Bootstrap servers of a broker that answers. */
    private String broker(DependencyWaiter waiter) {
        stop.check();
        var kafka = settings.kafka();
        if (kafka.mode() == Placement.EMBEDDED) {
            return parts.add("broker", EmbeddedKafka.start(settings.data().resolve("kafka"), kafka.port(), login))
                    .bootstrapServers();
        }
        var bootstrap = kafka.bootstrapServers().orElseThrow();
        waiter.forBroker(kafkaClient(bootstrap));
        return bootstrap;
    }

    private Map<String, String> kafkaClient(String bootstrap) {
        var client = new HashMap<>(settings.kafka().properties().values());
        if (settings.kafka().mode() == Placement.EMBEDDED) {
            client.putAll(login.kafkaClient());
        }
        client.put("bootstrap.servers", bootstrap);
        return client;
    }

    /**
     * Where this program may create topics, all of the stream, for parts that run elsewhere rely on them; else those that its own
     * parts write to.
     */
    private List<Topic<?>> topics() {
        var ingest = settings.ingest();
        boolean reads = ingest.mode() == Placement.EMBEDDED;
        var topics = new LinkedHashSet<Topic<?>>();
        kits.forEach(kit -> topics.addAll(topics(kit, reads && ingest.feeds(kit.settings()))));
        actions.ifPresent(each -> topics.addAll(each.topics()));
        console.ifPresent(each -> topics.addAll(each.topics()));
        topics.addAll(SinkConnectors.topics(settings));
        return List.copyOf(topics);
    }

    private <S extends StreamOptions> List<Topic<?>> topics(StreamKit<S, ?> kit, boolean fed) {
        var own = settings.of(kit.settings());
        var names = settings.topics().topics();
        boolean all = settings.topics().creation().create();
        var topics = new ArrayList<Topic<?>>();
        if (settings.scored().contains(kit.name()) || all && fed) {
            topics.addAll(kit.topics(own, names).all());
        }
        if (fed) {
            topics.addAll(kit.sourceTopics(own, names, settings.ingest()));
        }
        return topics;
    }

    /** Settings of the registry's client, by Confluent's names; starts the registry if it is embedded. */
    private Map<String, String> registryClient(Map<String, String> kafka) {
        stop.check();
        var registry = settings.registry();
        var client = new HashMap<>(registry.properties().values());
        if (registry.mode() == Placement.EMBEDDED) {
            var address = new InetSocketAddress(registry.address(), registry.port());
            var embedded = progress.step(
                    "registry",
                    () -> parts.add("registry", EmbeddedRegistry.start(kafka, address, Optional.of(login))),
                    each -> each.url().toString());
            embeddedRegistry = Optional.of(embedded);
            client.putAll(login.registryClient());
            client.put(URL, embedded.url().toString());
        } else {
            client.put(URL, registry.url().orElseThrow().toString());
        }
        return client;
    }

    private Supervisor supervisor(List<DiskSpace> disks, Map<String, String> kafka) {
        var brokerWatch = parts.add("broker's watch", new BrokerWatch(kafka));
        var supervisor = new Supervisor(progress, stop, metrics, disks, brokerWatch, counted());
        embeddedRegistry.ifPresent(
                each -> supervisor.endpoint(new EndpointWatch("the registry", each.url(), each::restart)));
        return supervisor;
    }

    /** What is told of the streams that this program scores. */
    private List<Supervisor.Counted> counted() {
        return kits.stream()
                .filter(kit -> settings.scored().contains(kit.name()))
                .map(kit -> new Supervisor.Counted(kit.name(), kit.words().records(), kit.scored()))
                .toList();
    }

    private HttpEndpoint startMetrics(Supervisor supervisor) {
        var address = new InetSocketAddress(
                settings.metrics().address(), settings.metrics().port());
        return parts.add("metrics", MetricsServer.start(address, metrics, supervisor::health));
    }
}
