package dev.vorrang.app.stream;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Loads the models that the settings name, and starts the streams that they score. For one thread. */
final class RunScoring {

    private final Settings settings;
    private final Progress progress;
    private final StreamHooks hooks;
    private final List<? extends ScoredStream<?, ?>> streams;

    private RunScoring(
            Settings settings, Progress progress, StreamHooks hooks, List<? extends ScoredStream<?, ?>> streams) {
        this.settings = settings;
        this.progress = progress;
        this.hooks = hooks;
        this.streams = streams;
    }

    /**
     * Loads the models.
     *
     * @param kits of all streams that there are
     * @throws dev.vorrang.scoring.model.ModelRefusedException if one cannot be put into service
     */
    static RunScoring load(
            List<? extends StreamKit<?, ?>> kits, Settings settings, Progress progress, StreamHooks hooks) {
        var streams = kits.stream()
                .filter(kit -> settings.scored().contains(kit.name()))
                .map(kit -> load(kit, settings, progress, hooks))
                .toList();
        return new RunScoring(settings, progress, hooks, streams);
    }

    private static <S extends StreamOptions, M extends Model<?, ?>> ScoredStream<S, M> load(
            StreamKit<S, M> kit, Settings settings, Progress progress, StreamHooks hooks) {
        var own = settings.of(kit.settings());
        var models = own.stream().models().stream()
                .map(model -> progress.step(
                        "model", () -> kit.load(own, Home.resolve(model.folder()), model.options()), kit::describe))
                .map(model -> hooks.model(kit, model))
                .toList();
        return new ScoredStream<>(kit, own, models);
    }

    /**
     * Starts what was loaded, and returns when it scores.
     *
     * @param kafka settings of a client, by Kafka's names
     */
    List<Scoring> start(Map<String, String> kafka, AvroSerdes serdes, MeterRegistry metrics, Closer parts) {
        return streams.stream()
                .map(stream -> progress.step(
                        "scoring",
                        () -> parts.add("scoring of " + stream.kit().name(), start(stream, kafka, serdes, metrics)),
                        each -> each.name() + ", "
                                + words(stream.settings().stream().guarantee())))
                .toList();
    }

    private static String words(Guarantee guarantee) {
        return guarantee.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Scoring start(
            ScoredStream<?, ?> stream, Map<String, String> kafka, AvroSerdes serdes, MeterRegistry metrics) {
        return stream.start(
                settings.topics().topics(),
                StreamEnvironment.of(serdes, metrics, stream.kit().name()),
                streams(kafka, stream.settings().stream()),
                hooks);
    }

    private StreamsSettings streams(Map<String, String> kafka, StreamSettings scoring) {
        var client = new HashMap<>(kafka);
        var bootstrap = client.remove("bootstrap.servers");
        return new StreamsSettings(
                bootstrap,
                scoring.applicationId(),
                scoring.guarantee(),
                scoring.threads(),
                scoring.commitInterval(),
                scoring.transactionTimeout(),
                scoring.state().orElse(settings.data().resolve("state")),
                settings.topics().creation(),
                client);
    }
}
