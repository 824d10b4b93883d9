package dev.vorrang.app.kit;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.settings.IngestSettings;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.terminal.HeadlineView;
import dev.vorrang.app.terminal.StreamView;
import dev.vorrang.console.Console;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.metrics.Metric;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the program and its tools know of a stream. Holds nothing, and is safe for use by many threads.
 *
 * @param <S> type of its settings
 * @param <M> type of its models
 */
public interface StreamKit<S extends StreamOptions, M extends Model<?, ?>> {

    /** What it is called in sentences. */
    default StreamWords words() {
        return new StreamWords("records", "");
    }

    /** Where its settings stand. */
    StreamSection<S> settings();

    /** Name of the stream, as in the settings. */
    default String name() {
        return settings().name();
    }

    /** The settings of the demo. */
    default S demo() {
        return settings().defaults();
    }

    /** Folder of the model that ships. */
    default Path shippedModel() {
        return Home.folder()
                .resolve(settings().defaults().stream().models().get(0).folder());
    }

    /**
     * Puts a model into service; whoever calls it closes it.
     *
     * @param folder of the model's version
     * @throws dev.vorrang.scoring.model.ModelRefusedException if it cannot be put into service
     */
    M load(Path folder, ModelOptions options);

    /** As {@link #load(Path, ModelOptions)}, for a stream with these settings. */
    default M load(S settings, Path folder, ModelOptions options) {
        return load(folder, options);
    }

    /** A model in words. */
    default String describe(M model) {
        return model.reference().getName() + " " + model.reference().getVersion();
    }

    /** A model that can be made to fail and that chokes on poison; closing it closes the real one. */
    M faulty(M model, ModelFaults faults);

    /** The topics that the stream has with these settings. */
    TopicSet<?> topics(S settings, Topics names);

    /** Those that sources write to, and any that they alone have. */
    default List<Topic<?>> sourceTopics(S settings, Topics names, IngestSettings ingest) {
        return List.of(topics(settings, names).input());
    }

    /**
     * What this program reads into the stream.
     *
     * @param registry settings of the registry's client, by Confluent's names
     * @throws dev.vorrang.app.program.CommandFailedException if a connector has no such setting
     */
    default List<Source> sources(IngestSettings ingest, Topics names, Map<String, String> registry) {
        return List.of();
    }

    /** Looks at what this program reads into the stream, without changing it. */
    default List<Supplier<Check>> checks(IngestSettings ingest) {
        return List.of();
    }

    /** Headlines of its outputs; those that have none are not for people. */
    default List<OutputView<?>> views() {
        return List.of();
    }

    /** Outputs that tell people most, the scores first. */
    default List<Topic<?>> shown(S settings, Topics names) {
        return topics(settings, names).outputs().subList(0, 1);
    }

    /** Those of its records that can be acted on; empty if none can. The settings have their fields, too. */
    default Optional<ActionSource<?>> actions(S settings, Topics names) {
        return Optional.empty();
    }

    /** How the console shows it; empty if it does not. */
    default Optional<Console.Shown> console(S settings, Topics names) {
        return Optional.empty();
    }

    /**
     * Shows its outputs on a terminal.
     *
     * @param colours whether to colour
     * @param footer lines below all else, such as where to look
     */
    default StreamView terminal(boolean colours, List<String> footer) {
        return new HeadlineView(name() + ", most pressing first", views(), colours, footer);
    }

    /** What the demo does about its records; only those of {@link #actions} can be acted on. */
    default List<ActionRule> demoActions() {
        return List.of();
    }

    /**
     * Starts what brings the stream's records to the demo; whoever starts it closes it. Empty if the demo has none.
     *
     * @param folder for all data; its owner deletes it
     */
    default Optional<Supplier<DemoSource>> demoSource(Path folder, Clock clock) {
        return Optional.empty();
    }

    /** Counts the records that were scored. */
    default Metric scored() {
        return Metric.SCORED;
    }

    /**
     * What the engine runs. Opens nothing.
     *
     * @param models in service, one or more; they stay the caller's to close
     */
    StreamDefinition<?, ?, ?> define(S settings, List<M> models, Topics names, StreamEnvironment environment);

    /**
     * Loads what the benchmark measures; whoever calls it closes it.
     *
     * @param model folder of a model's version
     * @param delay zero for the model itself; else what each call takes of a model in its place
     * @param options how the model is put into service
     * @throws dev.vorrang.scoring.model.ModelRefusedException if it cannot be put into service
     */
    BenchStream bench(Path model, Duration delay, ModelOptions options);

    /**
     * What can be done with the stream beside running, measuring and testing it, new commands each time.
     *
     * @param settings reads the settings of all streams from a file
     */
    default List<StreamCommand> commands(Function<Path, Settings> settings) {
        return List.of();
    }

    /** What the reference of topics says of it. */
    default TopicDocs docs(Topics names) {
        var topics = topics(settings().defaults(), names);
        var entries = new ArrayList<TopicDocs.Entry>();
        topics.inputs().forEach(topic -> entries.add(new TopicDocs.Entry(topic, "Your own program.")));
        topics.outputs().forEach(topic -> entries.add(new TopicDocs.Entry(topic, "Scoring.")));
        entries.add(new TopicDocs.Entry(
                topics.deadLetters(),
                "Scoring: records that could not be decoded or scored, with original bytes and cause."));
        return new TopicDocs(entries, List.of());
    }

    /**
     * What the crash test sends.
     *
     * @param records that are sent in all
     */
    Workload workload(Topics topics, AvroSerdes serdes, long seed, int records);
}
