package dev.vorrang.app.stream;

import dev.vorrang.app.kit.Source;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.app.worker.ConnectWorker;
import dev.vorrang.scoring.action.ActionEnvironment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a worker with the sources and sinks that the settings give to this program, if there are any. For one thread. */
final class RunConnectors {

    private final List<? extends StreamKit<?, ?>> kits;
    private final Settings settings;
    private final Progress progress;
    private final StopSignal stop;
    private final ProgramMetrics measured;
    private final Optional<RunActions> actions;

    /** @param actions what decides actions, and may read acknowledgements */
    RunConnectors(
            List<? extends StreamKit<?, ?>> kits,
            Settings settings,
            Progress progress,
            StopSignal stop,
            ProgramMetrics measured,
            Optional<RunActions> actions) {
        this.kits = kits;
        this.settings = settings;
        this.progress = progress;
        this.stop = stop;
        this.measured = measured;
        this.actions = actions;
    }

    /**
     * Looks at the settings of each source, and connects to none.
     *
     * @throws CommandFailedException if a connector has no such setting, or does not take its value
     */
    static void check(List<? extends StreamKit<?, ?>> kits, Settings settings) {
        if (settings.ingest().mode() == Placement.EMBEDDED) {
            var names = settings.topics().topics();
            kits.forEach(kit -> kit.sources(settings.ingest(), names, Map.of()).forEach(SourceConnectors::check));
        }
    }

    /**
     * @param kafka settings of a client, by Kafka's names
     * @param registry settings of the registry's client, by Confluent's names
     */
    void start(Map<String, String> kafka, Map<String, String> registry, Closer parts, Supervisor supervisor) {
        var sources = sources(registry);
        var sinks = SinkConnectors.all(settings, registry);
        if (sources.isEmpty() && sinks.isEmpty()) {
            return;
        }
        var worker = progress.step("worker", () -> parts.add("worker", worker(kafka)), each -> "takes connectors");
        sources.forEach(each -> {
            start(worker, each, supervisor);
            measured.source(each.name(), () -> worker.health(each.name()).running());
        });
        sinks.forEach(each -> {
            start(worker, each, supervisor);
            measured.sink(
                    SinkConnectors.sink(each), () -> worker.health(each.name()).running());
        });
    }

    private void start(ConnectWorker worker, Source connector, Supervisor supervisor) {
        stop.check();
        progress.step(connector.kind(), () -> run(worker, connector), Source::words);
        supervisor.connector(worker, connector.kind(), connector.name());
    }

    private static Source run(ConnectWorker worker, Source connector) {
        worker.run(connector.name(), connector.config());
        return connector;
    }

    /** What this program reads. */
    private List<Source> sources(Map<String, String> registry) {
        var names = settings.topics().topics();
        var sources = new ArrayList<Source>();
        if (settings.ingest().mode() == Placement.EMBEDDED) {
            kits.forEach(kit -> sources.addAll(kit.sources(settings.ingest(), names, registry)));
        }
        actions.flatMap(each -> each.source(registry)).ifPresent(sources::add);
        return sources;
    }

    private ConnectWorker worker(Map<String, String> kafka) {
        stop.check();
        var clients = new HashMap<String, String>();
        // A worker's clients take its settings with a prefix, its own without one.
        kafka.forEach((key, value) -> {
            clients.put(key, value);
            clients.put("producer." + key, value);
            clients.put("consumer." + key, value);
            clients.put("admin." + key, value);
        });
        // Actions are decided exactly once for those who read what is committed.
        clients.put("consumer.isolation.level", "read_committed");
        var offsets = settings.topics().topics().sourceOffsets();
        var letters = new SourceDeadLetters(deadLetters(), measured.registry());
        return ConnectWorker.start(kafka.get("bootstrap.servers"), offsets, clients, letters::count);
    }

    /** Streams by the topics of their dead letters. */
    private Map<String, String> deadLetters() {
        var streams = new HashMap<String, String>();
        kits.forEach(kit -> streams.put(deadLetters(kit), kit.name()));
        streams.put(settings.topics().topics().actionsUndecided().name(), ActionEnvironment.NAME);
        return streams;
    }

    private <S extends StreamOptions> String deadLetters(StreamKit<S, ?> kit) {
        return kit.topics(settings.of(kit.settings()), settings.topics().topics())
                .deadLetters()
                .name();
    }
}
