package dev.vorrang.app.stream;

import dev.vorrang.app.desk.DeskServer;
import dev.vorrang.app.desk.LinkSecret;
import dev.vorrang.app.kit.Source;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.ListeningPort;
import dev.vorrang.app.settings.ActionOptions;
import dev.vorrang.app.settings.Secret;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.console.desk.RecordSender;
import dev.vorrang.embedded.http.HttpEndpoint;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.desk.AcknowledgeLink;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.action.ActionEnvironment;
import dev.vorrang.scoring.action.ActionSettings;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.action.ActionTopology;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.TopologyStreams;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Starts what decides actions, if the settings have any. For one thread. */
final class RunActions {

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);

    private final Settings settings;
    private final ActionSettings decided;
    private final List<ActionSource<?>> sources;
    private final Optional<String> linkSecret;
    private final Optional<AcknowledgeLink> links;
    private final Progress progress;

    private RunActions(
            Settings settings,
            ActionSettings decided,
            List<ActionSource<?>> sources,
            Optional<String> linkSecret,
            Progress progress) {
        this.settings = settings;
        this.decided = decided;
        this.sources = sources;
        this.linkSecret = linkSecret;
        this.links = links(linkSecret);
        this.progress = progress;
    }

    /** Empty if this program decides none. */
    static Optional<RunActions> of(List<? extends StreamKit<?, ?>> kits, Settings settings, Progress progress) {
        ActionOptions options = settings.actions();
        if (!options.enabled()) {
            return Optional.empty();
        }
        var streams = options.rules().stream().map(rule -> rule.stream()).collect(Collectors.toSet());
        var sources = new ArrayList<ActionSource<?>>();
        kits.stream().filter(kit -> streams.contains(kit.name())).forEach(kit -> source(kit, settings)
                .ifPresent(sources::add));
        Optional<String> secret = linkSecret(settings);
        Optional<AcknowledgeLink> links = links(secret);
        var decided = new ActionSettings(
                options.rules(), options.maxAge(), options.retention(), action -> link(options, links, action));
        return Optional.of(new RunActions(settings, decided, sources, secret, progress));
    }

    /** What signs links, if actions have any. */
    private static Optional<String> linkSecret(Settings settings) {
        var acknowledge = settings.actions().acknowledge();
        return acknowledge
                .url()
                .map(url -> acknowledge.secret().map(Secret::value).orElseGet(() -> LinkSecret.of(settings.data())));
    }

    private static Optional<AcknowledgeLink> links(Optional<String> secret) {
        return secret.map(each -> new AcknowledgeLink(each.getBytes(StandardCharsets.UTF_8), Clock.systemUTC()));
    }

    private static Optional<String> link(ActionOptions options, Optional<AcknowledgeLink> links, Action action) {
        var acknowledge = options.acknowledge();
        return links.map(each -> each.of(action, acknowledge.url().orElseThrow(), acknowledge.valid()));
    }

    private static <S extends StreamOptions> Optional<ActionSource<?>> source(StreamKit<S, ?> kit, Settings settings) {
        return kit.actions(settings.of(kit.settings()), settings.topics().topics());
    }

    /** Topics that are read and written. */
    List<Topic<?>> topics() {
        return ActionTopology.topics(decided, sources, names());
    }

    /**
     * Returns when actions are decided.
     *
     * @param kafka settings of a client, by Kafka's names
     */
    void start(
            Map<String, String> kafka, AvroSerdes serdes, MeterRegistry metrics, Closer parts, Supervisor supervisor) {
        var environment = new ActionEnvironment(names(), serdes, metrics, Clock.systemUTC());
        var flow = new TopologyStreams.Flow(
                "actions", ActionTopology.build(decided, sources, environment), topics(), fromTheEnd());
        var streams = progress.step(
                "actions",
                () -> {
                    var started =
                            parts.add("actions", new TopologyStreams(flow, streams(kafka), environment.metrics()));
                    started.start();
                    return started;
                },
                each -> decided.rules().size() + " rules, sinks " + String.join(", ", decided.sinks()));
        supervisor.part(new Supervisor.Part("actions", streams::health));
        if (settings.actions().acknowledge().served()) {
            var server = progress.step(
                    "desk", () -> desk(kafka, serdes, parts), each -> each.url().toString());
            supervisor.endpoint(new EndpointWatch("the desk", server.url(), server::restart));
        }
    }

    /** Takes acknowledgements. */
    private HttpEndpoint desk(Map<String, String> kafka, AvroSerdes serdes, Closer parts) {
        var acknowledge = settings.actions().acknowledge();
        var sender = parts.add("writer of desk events", RecordSender.open(kafka, serdes));
        return parts.add(
                "desk",
                DeskServer.start(
                        new InetSocketAddress(acknowledge.address(), acknowledge.port()),
                        links,
                        acknowledge.token().map(Secret::value),
                        event -> sender.write(names().deskEvents(), event.getRecord(), event),
                        Clock.systemUTC()));
    }

    /**
     * What reads acknowledgements from an MQTT broker, if the settings have one.
     *
     * @param registry settings of the registry's client, by Confluent's names
     */
    Optional<Source> source(Map<String, String> registry) {
        return DeskConnector.source(settings, linkSecret, registry);
    }

    /** Where it listens, if it does. */
    Optional<ListeningPort> port() {
        var acknowledge = settings.actions().acknowledge();
        return acknowledge.served()
                ? Optional.of(new ListeningPort("actions.acknowledge.port", acknowledge.address(), acknowledge.port()))
                : Optional.empty();
    }

    private List<Topic<?>> fromTheEnd() {
        return settings.actions().start() == ActionOptions.Start.EARLIEST
                ? List.of()
                : sources.stream().<Topic<?>>map(ActionSource::topic).toList();
    }

    private Topics names() {
        return settings.topics().topics();
    }

    private StreamsSettings streams(Map<String, String> kafka) {
        var client = new HashMap<>(kafka);
        var bootstrap = client.remove("bootstrap.servers");
        return new StreamsSettings(
                bootstrap,
                settings.actions().applicationId(),
                Guarantee.EXACTLY_ONCE,
                1,
                Guarantee.EXACTLY_ONCE.commitInterval(),
                TRANSACTION_TIMEOUT,
                settings.data().resolve("state"),
                settings.topics().creation(),
                client);
    }
}
