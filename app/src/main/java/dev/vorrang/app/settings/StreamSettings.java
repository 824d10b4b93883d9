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

/**
 * What every stream has.
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
        Optional<Path> state) {

    /**
     * A model in service.
     *
     * @param folder of its version
     * @param options what it is put into service with
     */
    public record Model(Path folder, ModelOptions options) {}

    /** These settings with other options for every model. */
    StreamSettings withModelOptions(UnaryOperator<ModelOptions> change) {
        return new StreamSettings(
                enabled,
                applicationId,
                guarantee,
                threads,
                batch,
                commitInterval,
                transactionTimeout,
                models.stream()
                        .map(model -> new Model(model.folder(), change.apply(model.options())))
                        .toList(),
                state);
    }

    /** These settings with other batches. */
    StreamSettings withBatch(BatchSettings other) {
        return new StreamSettings(
                enabled, applicationId, guarantee, threads, other, commitInterval, transactionTimeout, models, state);
    }

    /** Stream threads where nothing is said: one for each core, but no more than a new topic has partitions. */
    public static int defaultThreads() {
        return Math.min(Runtime.getRuntime().availableProcessors(), 4);
    }

    /** The keys of one stream, and how they become its settings. */
    static final class Keys {

        private static final Kind<Device> DEVICE = Kind.text(
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
        Keys(String stream, Path defaultModel) {
            this.defaultModel = defaultModel;
            section = new Section("streams." + stream, "What every stream has", "");
            enabled = section.add(Key.of(
                            "enabled",
                            Kind.flag(),
                            "Whether this program scores the stream. If not set: if it reads records of the stream; where `ingest.mode` is `external`, mail if no stream is enabled.")
                    .example("true"));
            applicationId = section.add(Key.of(
                    "application-id",
                    Kind.text("1 to 200 of a-z, A-Z, 0-9, '.', '_', '-'", "[a-zA-Z0-9._-]{1,200}"),
                    "vorrang-" + stream,
                    "Names the consumer group and the state; instances with the same one share the work."));
            folder = section.add(Key.of(
                            "models[].folder",
                            Kind.path(),
                            "Folder of one version of a model; a model that ships if none is named. Mails are scored by one model; a machine"
                                    + " is scored by those whose sensors it has. A model is code: only from where you trust.")
                    .example(defaultModel.toString()));
            card = section.add(Key.of(
                            "models[].card-sha256",
                            Kind.text("64 hex digits", "[0-9a-fA-F]{64}"),
                            "SHA-256 that the model's `assets.extra/model.json` must have, which pins all its files.")
                    .example("0000000000000000000000000000000000000000000000000000000000000000"));
            modelDevices = section.add(Key.of(
                            "models[].devices[]",
                            DEVICE,
                            "What this model computes on; as `devices` of the stream if none is named.")
                    .example("[\"gpu:1\"]"));
            devices = section.add(Key.of(
                            "devices[]",
                            DEVICE,
                            "What models compute on. With several devices each has a copy of the model, and a call goes to the one that is"
                                    + " least busy. If not set, TensorFlow chooses: the first GPU if it sees one, else the CPU. A GPU needs"
                                    + " `VORRANG_GPU=1`.")
                    .example("[\"gpu:0\"]"));
            gpuMemory = section.add(Key.of(
                            "gpu-memory",
                            Kind.decimal(0.01, 1),
                            "Share of each GPU's memory that is taken at the start; if not set, it grows as needed. TensorFlow goes by"
                                    + " the model that is loaded first.")
                    .example("0.5"));
            modelThreads = section.add(Key.of(
                            "model-threads",
                            Kind.integer(1, 1024),
                            "Threads that one call of a model may use. If not set: the cores divided by `threads`, one at least.")
                    .example("2"));
            allowedOperations = section.add(Key.of(
                            "allowed-operations[]",
                            Kind.text(
                                    "the name of a TensorFlow operation, such as ReadFile", "[A-Z][A-Za-z0-9_>]{0,99}"),
                            "Operations that reach files, the network or other programs and are accepted all the same. A model that has"
                                    + " another one is refused.")
                    .example("[ReadFile]"));
            batchSize = section.add(
                    Key.of("batch-size", Kind.integer(1, 65_536), "1024", "Most records in one call of a model."));
            linger = section.add(Key.of(
                    "linger",
                    Kind.duration(Duration.ZERO, Duration.ofMinutes(1)),
                    "0ms",
                    "Longest time a record waits for its batch. With 0ms the records of one poll are scored together, so that"
                            + " batches grow with the load."));
            failureLimit = section.add(Key.of(
                    "failure-limit",
                    Kind.integer(1, Integer.MAX_VALUE),
                    "50",
                    "Number of consecutive failures after which a model is considered broken. Until then each record that fails goes"
                            + " to the dead letters."));
            slowAfter = section.add(Key.of(
                            "slow-after",
                            Kind.duration(Duration.ofMillis(10), Duration.ofMinutes(15)),
                            "Time after which a batch that is still being scored is reported: in the log, by `/health/ready` and as"
                                    + " `vorrang_slow_calls_total`. Shorter than `transaction-timeout` with `exactly_once`. If not set: half"
                                    + " of that, or a quarter of Kafka's `max.poll.interval.ms` (5m) if that is less.")
                    .example("7500ms"));
            hungAfter = section.add(Key.of(
                            "hung-after",
                            Kind.duration(Duration.ofMillis(20), Duration.ofHours(24)),
                            "Time after which the model of that batch is considered hung: the program ends with 1, so that its supervisor"
                                    + " restarts it; nothing was committed past the batch. Longer than `slow-after`, shorter than"
                                    + " `max.poll.interval.ms`. If not set: half of that.")
                    .example("150s"));
            threads = section.add(Key.of(
                            "threads",
                            Kind.integer(1, 128),
                            "Stream threads; more than partitions are idle. If not set: one for each core, at most 4.")
                    .example("1"));
            guarantee = section.add(Key.of(
                    "guarantee",
                    Kind.oneOf(Guarantee.class),
                    "exactly_once",
                    "`exactly_once`: consumers with `read_committed` see each score once. `at_least_once`: after a crash some records are"
                            + " scored twice, with the same id."));
            commitInterval = section.add(Key.of(
                            "commit-interval",
                            Kind.duration(Duration.ofMillis(1), Duration.ofMinutes(15)),
                            "Longest time between two commits. With `exactly_once` scores are visible that much later; with"
                                    + " `at_least_once` that much is scored twice after a crash. If not set: 50 ms and 1 s.")
                    .example("50ms"));
            transactionTimeout = section.add(
                    Key.of(
                            "transaction-timeout",
                            Kind.duration(Duration.ofSeconds(5), Duration.ofMinutes(15)),
                            "15s",
                            "How long consumers wait behind a transaction that a crash left open. Longer than any batch takes to be scored."));
            state = section.add(Key.of(
                            "state",
                            Kind.path(),
                            "Folder for the state stores, of this instance alone; under `data` if not set.")
                    .example("/var/lib/vorrang/state"));
        }

        Section section() {
            return section;
        }

        /** @param kafka further settings of Kafka's clients, by Kafka's names */
        StreamSettings read(SettingsReader reader, Map<String, String> kafka) {
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
                models.add(new Model(reader.find(folder, place).orElse(defaultModel), usable));
            }
            return models.isEmpty() ? List.of(new Model(defaultModel, options)) : List.copyOf(models);
        }

        String modelsPath() {
            return section.path() + ".models";
        }

        /** Notes a problem for each model that is not there. */
        void requireModels(SettingsReader reader, StreamSettings settings) {
            for (int place = 0; place < settings.models().size(); place++) {
                var name = folder.at(place);
                Home.requireModel(settings.models().get(place).folder())
                        .ifPresent(problem -> reader.problem(name, problem));
            }
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
