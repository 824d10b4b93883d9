package dev.vorrang.app.stream;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.ListeningPort;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The console as a part of a program with settings. */
final class RunConsole {

    private final ConsoleStart start;
    private final Settings settings;
    private final Progress progress;

    RunConsole(List<? extends StreamKit<?, ?>> kits, Settings settings, Progress progress) {
        this.start =
                new ConsoleStart(settings.console(), settings.topics().topics(), kits, new ConsoleStart.StreamLookup() {
                    @Override
                    public <S extends StreamOptions> S of(StreamKit<S, ?> kit) {
                        return settings.of(kit.settings());
                    }
                });
        this.settings = settings;
        this.progress = progress;
    }

    /** That of {@code run}, which shows what it scores, or all if it scores nothing; empty if it has none. */
    static Optional<RunConsole> of(List<? extends StreamKit<?, ?>> kits, Settings settings, Progress progress) {
        if (!settings.console().enabled()) {
            return Optional.empty();
        }
        var scored = kits.stream()
                .filter(kit -> settings.scored().contains(kit.name()))
                .toList();
        return Optional.of(new RunConsole(scored.isEmpty() ? kits : scored, settings, progress));
    }

    /** Where it will listen. */
    ListeningPort port() {
        return start.port();
    }

    /** Topics that must be there. */
    List<Topic<?>> topics() {
        return start.topics();
    }

    /**
     * Returns when it listens.
     *
     * @param kafka settings of a client, by Kafka's names
     */
    void start(
            Map<String, String> kafka, AvroSerdes serdes, ProgramMetrics metrics, Closer parts, Supervisor supervisor) {
        var console =
                progress.step("console", () -> parts.add("console", start.start(kafka, serdes)), ConsoleStart::where);
        metrics.console(console);
        supervisor.endpoint(new EndpointWatch("the console", console.url(), console::restart));
    }
}
