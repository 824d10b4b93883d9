package dev.vorrang.app.settings;

import dev.vorrang.app.program.Home;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.TimeLimits;
import dev.vorrang.scoring.model.Device;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Settings that all streams have.
 *
 * @param enabled whether this program scores it; if that is not said, what {@code ingest} reads decides
 * @param applicationId names the consumer group; instances with the same one share the work
 * @param guarantee what a crash may cost
 * @param threads stream threads
 * @param batch when a batch is scored
 * @param commitInterval longest time between two commits, shorter than transactionTimeout
 * @param transactionTimeout how long readers wait behind a transaction that a crash left open
 * @param models that score, one or more
 * @param state folder for the state stores; empty for one under the data folder
 */
public record StreamSettings(
        Optional<Boolean> enabled,
        String applicationId,
        Guarantee guarantee,
        int threads,
        BatchSettings batch,
        Duration commitInterval,
        Duration transactionTimeout,
        List<Model> models,
        Optional<Path> state)
        implements StreamOptions {

    /**
     * A model in service.
     *
     * @param folder of its version
     * @param options what it is put into service with
     * @param setting key that names its folder
     * @param remedy what to do if it is not there, beside naming another; empty if that is up to the user
     */
    public record Model(Path folder, ModelOptions options, String setting, Optional<String> remedy) {

        /** One that no setting names. */
        public Model(Path folder, ModelOptions options) {
            this(folder, options, "", Optional.empty());
        }

        /** This model in another folder. */
        public Model in(Path other) {
            return new Model(other, options, setting, remedy);
        }

        /** This model with other options. */
        Model with(ModelOptions other) {
            return new Model(folder, other, setting, remedy);
        }
    }

    /**
     * Of a stream that has no keys of its own.
     *
     * @param stream its name
     * @param defaultModel folder of the model that scores if none is named
     */
    public static StreamSection<StreamSettings> section(String stream, Path defaultModel) {
        var keys = new Keys(stream, defaultModel);
        return new StreamSection<>(stream, StreamSettings.class, List.of(keys.section()), Optional.empty(), keys::read);
    }

    @Override
    public StreamSettings stream() {
        return this;
    }

    /** These settings with other options for every model. */
    public StreamSettings withModelOptions(UnaryOperator<ModelOptions> change) {
        return withModels(models.stream().map(model -> model.with(change.apply(model.options()))));
    }

    /** These settings with one more model, the last. */
    public StreamSettings withModel(Model another) {
        return withModels(Stream.concat(models.stream(), Stream.of(another)));
    }

    private StreamSettings withModels(Stream<Model> others) {
        return new StreamSettings(
                enabled,
                applicationId,
                guarantee,
                threads,
                batch,
                commitInterval,
                transactionTimeout,
                others.toList(),
                state);
    }

    /** Notes a problem for each model that is not there. */
    void requireModels(SettingsReader reader) {
        for (Model model : models) {
            var remedy = model.remedy().map(each -> "; " + each).orElse("");
            Home.requireModel(model.folder()).ifPresent(problem -> reader.problem(model.setting(), problem + remedy));
        }
    }

    /** Stream threads where nothing is said: one for each core, but no more than a new topic has partitions. */
    public static int defaultThreads() {
        return Math.min(Runtime.getRuntime().availableProcessors(), 4);
    }

    /** The keys of one stream, and how they become its settings. */
    public static final class Keys {

        /** SHA-256 of the card of a model. */
        public static final Kind<String> CARD = Kind.text("64 hex digits", "[0-9a-fA-F]{64}");

        /** Device of a model. */
        public static final Kind<Device> DEVICE = Kind.text(
                        "cpu, or gpu: and its number, such as gpu:0", "cpu|gpu:\\d{1,3}")
                .map(Device::of);

        private final Section section;
        private final Path defaultModel;
        private final Key<Boolean> enabled;
        private final Key<String> applicationId;
        private final Key<Path> folder;
        private final Key<String> card;
        private final Key<Device> modelDevices;
        private final Key<Device> devices;
        private final Key<Double> gpuMemory;
        private final Key<Integer> modelThreads;
        private final Key<String> allowedOperations;
        private final Key<Integer> batchSize;
        private final Key<Duration> linger;
        private final Key<Integer> failureLimit;
        private final Key<Duration> slowAfter;
        private final Key<Duration> hungAfter;
        private final Key<Integer> threads;
        private final Key<Guarantee> guarantee;
        private final Key<Duration> commitInterval;
        private final Key<Duration> transactionTimeout;
        private final Key<Path> state;

        /**
         * @param stream its name
         * @param defaultModel folder of the model that scores if none is named
         */
        public Keys(String stream, Path defaultModel) {
            this.defaultModel = defaultModel;
            section = new Section("streams." + stream, "All streams", "");
            enabled = section.add(Key.of(
                            "enabled",
                            Kind.flag(),
                            "Whether this program scores the stream. Default: true if it reads records "
                                    + "of the stream; with `ingest.mode: external`, true for mail if no stream is"
                                    + " enabled.")
                    .example("true"));
            applicationId = section.add(Key.of(
                    "application-id",
                    Kind.text("1 to 200 of a-z, A-Z, 0-9, '.', '_', '-'", "[a-zA-Z0-9._-]{1,200}"),
                    "vorrang-" + stream,
                    "Name of the consumer group and the state. Instances with the same name share the work."));
            folder = section.add(Key.of(
                            "models[].folder",
                            Kind.path(),
                            "Folder of a model version. Default: a shipped model. Where a stream takes several, a "
                                    + "record is scored by those that fit it. A model is code: use only trusted"
                                    + " ones.")
                    .example(defaultModel.toString()));
            card = section.add(Key.of(
                            "models[].card-sha256",
                            CARD,
                            "Expected SHA-256 of the model's `assets.extra/model.json`, which pins all its files.")
                    .example("0000000000000000000000000000000000000000000000000000000000000000"));
            modelDevices = section.add(
                    Key.of("models[].devices[]", DEVICE, "Devices of this model. Default: `devices` of the stream.")
                            .example("[\"gpu:1\"]"));
            devices = section.add(Key.of(
                            "devices[]",
                            DEVICE,
                            "Devices for the models. With several, each has a copy of the model, and a "
                                    + "call goes to the least busy one. Default: the choice of TensorFlow, which "
                                    + "is the first GPU if it sees one, else the CPU. A GPU requires "
                                    + "`VORRANG_GPU=1`.")
                    .example("[\"gpu:0\"]"));
            gpuMemory = section.add(Key.of(
                            "gpu-memory",
                            Kind.decimal(0.01, 1),
                            "Share of each GPU's memory to allocate at the start. Default: it grows as "
                                    + "needed. TensorFlow uses the value of the model that is loaded first.")
                    .example("0.5"));
            modelThreads = section.add(Key.of(
                            "model-threads",
                            Kind.integer(1, 1024),
                            "Threads of one call of a model. Default: the cores divided by `threads`, at least one.")
                    .example("2"));
            allowedOperations = section.add(Key.of(
                            "allowed-operations[]",
                            Kind.text(
                                    "the name of a TensorFlow operation, such as ReadFile", "[A-Z][A-Za-z0-9_>]{0,99}"),
                            "Operations to allow although they access files, the network or other "
                                    + "programs. A model with any other such operation is refused.")
                    .example("[ReadFile]"));
            batchSize = section.add(Key.of(
                    "batch-size",
                    Kind.integer(1, 65_536),
                    "1024",
                    "Maximum number of records in one call of a model."));
            linger = section.add(Key.of(
                    "linger",
                    Kind.duration(Duration.ZERO, Duration.ofMinutes(1)),
                    "0ms",
                    "Maximum time that a record waits for its batch. With 0ms the records of one poll "
                            + "form a batch, so batches grow with the load."));
            failureLimit = section.add(Key.of(
                    "failure-limit",
                    Kind.integer(1, Integer.MAX_VALUE),
                    "50",
                    "Number of consecutive failures after which a model is considered broken. Until "
                            + "then, each failed record goes to the dead letters."));
            slowAfter = section.add(Key.of(
                            "slow-after",
                            Kind.duration(Duration.ofMillis(10), Duration.ofMinutes(15)),
                            "Time after which a batch is reported as slow: by log, `/health/ready` and "
                                    + "`vorrang_slow_calls_total`. Must be shorter than `transaction-timeout` "
                                    + "with `exactly_once`. Default: half of that, or a quarter of Kafka's "
                                    + "`max.poll.interval.ms` (5m) if that is less.")
                    .example("7500ms"));
            hungAfter = section.add(Key.of(
                            "hung-after",
                            Kind.duration(Duration.ofMillis(20), Duration.ofHours(24)),
                            "Time after which a call of the model is considered hung: the program ends "
                                    + "with exit code 1, to be restarted by its supervisor. Nothing past the "
                                    + "batch is committed. Must be between `slow-after` and "
                                    + "`max.poll.interval.ms`. Default: half of the latter.")
                    .example("150s"));
            threads = section.add(Key.of(
                            "threads",
                            Kind.integer(1, 128),
                            "Stream threads; more than there are partitions are idle. Default: one for each core, at"
                                    + " most 4.")
                    .example("1"));
            guarantee = section.add(Key.of(
                    "guarantee",
                    Kind.oneOf(Guarantee.class),
                    "exactly_once",
                    "Delivery guarantee. `exactly_once`: each record is scored once, for "
                            + "`read_committed` consumers. `at_least_once`: a crash may repeat scores, with the "
                            + "same id."));
            commitInterval = section.add(Key.of(
                            "commit-interval",
                            Kind.duration(Duration.ofMillis(1), Duration.ofMinutes(15)),
                            "Maximum time between two commits. With `exactly_once` it delays the "
                                    + "visibility of scores; with `at_least_once` it bounds what is scored again "
                                    + "after a crash. Default: 50 ms and 1 s.")
                    .example("50ms"));
            transactionTimeout = section.add(Key.of(
                    "transaction-timeout",
                    Kind.duration(Duration.ofSeconds(5), Duration.ofMinutes(15)),
                    "15s",
                    "Maximum time that consumers wait behind a transaction that a crash left open. Must exceed"
                            + " the time to score a batch."));
            state = section.add(Key.of(
                            "state",
                            Kind.path(),
                            "Folder for the state stores, for this instance only. Default: under `data`.")
                    .example("/var/lib/vorrang/state"));
        }

        public Section section() {
            return section;
        }

        /** @param kafka further settings of Kafka's clients, by Kafka's names */
        public StreamSettings read(SettingsReader reader, Map<String, String> kafka) {
            var promise = reader.get(guarantee);
            var interval = reader.find(commitInterval).orElse(promise.commitInterval());
            var timeout = reader.get(transactionTimeout);
            int count = reader.find(threads).orElseGet(StreamSettings::defaultThreads);
            if (interval.compareTo(timeout) >= 0) {
                reader.problem(
                        commitInterval.path(), "allowed is less than " + transactionTimeout.path() + ", " + timeout);
            }
            return new StreamSettings(
                    reader.find(enabled),
                    reader.get(applicationId),
                    promise,
                    count,
                    new BatchSettings(reader.get(batchSize), reader.get(linger), reader.get(failureLimit))
                            .withLimits(limits(reader, promise, timeout, kafka)),
                    interval,
                    timeout,
                    models(reader, options(reader, count)),
                    reader.find(state));
        }

        private ModelOptions options(SettingsReader reader, int callers) {
            return new ModelOptions(
                            ModelOptions.defaults().warmUp(),
                            reader.find(modelThreads).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                            reader.list(devices),
                            reader.find(gpuMemory).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                            Optional.empty(),
                            true)
                    .withAllowedOperations(Set.copyOf(reader.list(allowedOperations)))
                    .calledBy(callers);
        }

        private List<Model> models(SettingsReader reader, ModelOptions options) {
            var models = new ArrayList<Model>();
            for (int place = 0; place < reader.size(modelsPath()); place++) {
                var own = options.withCard(reader.find(card, place));
                var where = reader.list(modelDevices, place);
                var usable = where.isEmpty() ? own : own.withDevices(where);
                // A model without a folder is the default one, with a card or devices of one's own.
                models.add(new Model(
                        reader.find(folder, place).orElse(defaultModel), usable, folder.at(place), Optional.empty()));
            }
            return models.isEmpty()
                    ? List.of(new Model(defaultModel, options, folder.at(0), Optional.empty()))
                    : List.copyOf(models);
        }

        public String modelsPath() {
            return section.path() + ".models";
        }

        private TimeLimits limits(
                SettingsReader reader, Guarantee promise, Duration timeout, Map<String, String> kafka) {
            var poll = reader.make("kafka.properties", () -> StreamsSettings.maxPollInterval(kafka))
                    .orElse(StreamsSettings.maxPollInterval(Map.of()));
            Duration half = timeout.dividedBy(2);
            Duration quarter = poll.dividedBy(4);
            var slow = reader.find(slowAfter).orElse(half.compareTo(quarter) < 0 ? half : quarter);
            var hung = reader.find(hungAfter).orElse(poll.dividedBy(2));
            if (promise == Guarantee.EXACTLY_ONCE && slow.compareTo(timeout) >= 0) {
                reader.problem(slowAfter.path(), "allowed is less than " + transactionTimeout.path() + ", " + timeout);
            }
            if (hung.compareTo(poll) >= 0) {
                reader.problem(hungAfter.path(), "allowed is less than Kafka's max.poll.interval.ms, " + poll);
            }
            if (hung.compareTo(slow) <= 0) {
                reader.problem(hungAfter.path(), "allowed is more than " + slowAfter.path() + ", " + slow);
                return TimeLimits.defaults();
            }
            return new TimeLimits(slow, hung);
        }
    }
}
