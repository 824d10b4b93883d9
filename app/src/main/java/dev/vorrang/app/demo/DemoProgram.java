package dev.vorrang.app.demo;

import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.kit.Source;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.ConsoleOptions;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.stream.ClusterAccess;
import dev.vorrang.app.stream.ConsoleStart;
import dev.vorrang.app.stream.ScoreFeed;
import dev.vorrang.app.stream.ScoredStream;
import dev.vorrang.app.stream.Scoring;
import dev.vorrang.app.stream.StreamHooks;
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
import dev.vorrang.scoring.engine.TopologyStreams;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The streams in this program, for show: broker, registry, scoring, a Connect worker, and what each stream's demo brings. Everything
 * listens on this machine alone and lives in one folder. For one thread.
 */
public final class DemoProgram {

    /** Stands for a stream's name where actions are shown. */
    public static final String ACTIONS = DemoActions.NAME;

    private static final Topics TOPICS = new Topics("");
    private static final TopicCreation CREATION = new TopicCreation(true, 2, (short) 1);

    private final List<? extends StreamKit<?, ?>> kits;
    private final Options options;
    private final Progress progress;
    private final StopSignal stop;
    private final DemoActions actions;
    private final Closer parts = new Closer();

    /**
     * What can be chosen.
     *
     * @param folder for all data; its owner deletes it
     * @param model folder of a model's version for the first stream, in place of the one that ships
     * @param once end when all is scored
     * @param speed how much faster than normal records arrive, above 0
     * @param brokerPort port for the broker, 0 for any
     * @param registryPort port for the registry, 0 for any
     * @param consolePort port for the console, 0 for any
     */
    public record Options(
            Path folder,
            Optional<Path> model,
            boolean once,
            double speed,
            int brokerPort,
            int registryPort,
            int consolePort) {}

    /** @param kits of all streams; those that have something to show are shown */
    public DemoProgram(List<? extends StreamKit<?, ?>> kits, Options options, Progress progress, StopSignal stop) {
        this.kits = kits.stream()
                .filter(kit ->
                        kit.demoSource(options.folder(), Clock.systemUTC()).isPresent())
                .toList();
        this.actions = new DemoActions(this.kits, TOPICS);
        this.options = options;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Starts everything, runs the demo, and closes everything.
     *
     * @param view makes the view when all is ready, out of what can be said of where to look
     * @throws RuntimeException if it cannot be started, or records stay unscored; the message tells why
     */
    public void run(Function<String, ScoreView> view) {
        stop.during(() -> start(view), parts::close);
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
        progress.step("actions", () -> startActions(kafka, serdes), each -> String.join(", ", actions.actions()));
        var played = kits.stream().flatMap(kit -> play(kit).stream()).toList();
        var registryClient = Map.of("schema.registry.url", registry.url().toString());
        var connectors = played.stream()
                .map(each -> each.source().connector(TOPICS, registryClient))
                .toList();
        var worker = progress.step(
                "connectors",
                () -> startWorker(kafka, connectors),
                each -> "read " + join(connectors.stream().map(Source::kind)));
        var feed = parts.add("feed", ScoreFeed.fromBeginning(kafka.bootstrapServers(), Map.of(), followed(), serdes));
        var cluster = ClusterAccess.of(Map.of("bootstrap.servers", kafka.bootstrapServers()), registryClient);
        var console = options.once() ? Optional.<String>empty() : Optional.of(startConsole(cluster, serdes));
        var writer = parts.add("writer", new DemoWriter(cluster));
        played.forEach(each -> each.source().connect(TOPICS, writer));
        progress.ready(join(played.stream().map(Demo.Played::records)) + " arrive");
        stop.check();
        var where = Stream.of(
                        console.stream().map(each -> "console " + each),
                        Stream.of("broker " + kafka.bootstrapServers(), "registry " + registry.url()),
                        played.stream().map(each -> each.source().hint()).filter(hint -> !hint.isEmpty()))
                .flatMap(each -> each)
                .collect(Collectors.joining("  ·  "));
        try (var view = views.apply(where)) {
            new Demo(played, actions.actions(), stop, view, Clock.systemUTC())
                    .run(feed, options.speed(), options.once(), () -> connectors.stream()
                            .flatMap(each -> worker.health(each.name()).failure().stream())
                            .findFirst());
        }
    }

    private Optional<Demo.Played> play(StreamKit<?, ?> kit) {
        stop.check();
        return kit.demoSource(options.folder(), Clock.systemUTC())
                .map(start -> progress.step(
                        kit.name(), () -> parts.add("demo of " + kit.name(), start.get()), DemoSource::address))
                .map(source -> new Demo.Played(kit.name(), kit.words().records(), source));
    }

    private List<ScoreFeed.Followed> followed() {
        return Stream.concat(kits.stream().map(DemoProgram::followed), Stream.of(actions.followed()))
                .toList();
    }

    private static <S extends StreamOptions> ScoreFeed.Followed followed(StreamKit<S, ?> kit) {
        var topics = kit.topics(kit.demo(), TOPICS);
        return new ScoreFeed.Followed(kit.name(), kit.shown(kit.demo(), TOPICS), topics.deadLetters());
    }

    /** Such as "mails, readings and orders". */
    private static String join(Stream<String> words) {
        return words.collect(Collectors.joining(", ")).replaceFirst(", ([^,]*)$", " and $1");
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

    private TopologyStreams startActions(EmbeddedKafka kafka, AvroSerdes serdes) {
        stop.check();
        return parts.add("actions", actions.start(serdes, streams(kafka, "vorrang-demo-" + DemoActions.NAME)));
    }

    /** One that stays until the demo ends; who sees this terminal may log in. */
    private String startConsole(ClusterAccess cluster, AvroSerdes serdes) {
        stop.check();
        var console = new ConsoleStart(
                ConsoleOptions.onLoopback(options.folder().resolve("console"), options.consolePort()),
                TOPICS,
                kits,
                new ConsoleStart.StreamLookup() {
                    @Override
                    public <S extends StreamOptions> S of(StreamKit<S, ?> kit) {
                        return kit.demo();
                    }
                });
        return progress.step(
                "console",
                () -> {
                    console.createTopics(cluster.kafkaClient(), CREATION);
                    return ConsoleStart.where(parts.add("console", console.start(cluster.kafkaClient(), serdes)));
                },
                each -> each);
    }

    private StreamsSettings streams(EmbeddedKafka kafka, String applicationId) {
        return StreamsSettings.of(
                        kafka.bootstrapServers(),
                        applicationId,
                        options.folder().resolve("state"))
                .withTopics(CREATION);
    }

    private ConnectWorker startWorker(EmbeddedKafka kafka, List<Source> connectors) {
        stop.check();
        var worker = parts.add(
                "connectors",
                ConnectWorker.start(kafka.bootstrapServers(), "vorrang-connect-offsets", Map.of(), topic -> {}));
        connectors.forEach(each -> worker.run(each.name(), each.config()));
        return worker;
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
