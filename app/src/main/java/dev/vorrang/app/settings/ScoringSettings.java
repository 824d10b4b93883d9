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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Scoring on Kafka Streams.
 *
 * @param mode embedded: in this program; external: other instances score, this one only takes mails and readings in
 * @param streams what is scored, if that is said
 * @param applicationId names the consumer group; instances with the same one share the work
 * @param guarantee what a crash may cost
 * @param threads stream threads
 * @param batch when a batch is scored
 * @param callsAtOnce how many calls of the mail model may run at once; empty for one in each stream thread
 * @param commitInterval longest time between two commits, shorter than transactionTimeout
 * @param transactionTimeout how long readers wait behind a transaction that a crash left open
 * @param threadWindow how long an earlier mail of a thread counts as a repeat
 * @param model folder of the model's version
 * @param modelOptions how it is put into service
 * @param state folder for the state stores; empty for one under the data folder
 */
public record ScoringSettings(
        Placement mode,
        Set<Stream> streams,
        String applicationId,
        Guarantee guarantee,
        int threads,
        BatchSettings batch,
        OptionalInt callsAtOnce,
        Duration commitInterval,
        Duration transactionTimeout,
        Duration threadWindow,
        Path model,
        ModelOptions modelOptions,
        Optional<Path> state) {

    /** What can be scored. */
    public enum Stream {
        MAIL,
        MACHINE
    }

    static final Kind<Device> DEVICE = Kind.text("cpu, or gpu: and its number, such as gpu:0", "cpu|gpu:\\d{1,3}")
            .map(Device::of);

    /** One computes while the next is made ready. */
    private static final int CALLS_OF_A_GPU = 2;

    private static final Key<Placement> MODE = Key.of(
            "scoring.mode",
            Kind.oneOf(Placement.class),
            "embedded",
            "`embedded` scores inside the program; `external` leaves it to other instances, and this one only takes"
                    + " mails and readings in.");
    private static final Key<Stream> STREAMS = Key.of(
            "scoring.streams[]",
            Kind.oneOf(Stream.class),
            "What is scored: `mail`, `machine` or both. If not set: what `ingest` reads, and mail where that is"
                    + " external.");
    private static final Key<String> APPLICATION_ID = Key.of(
            "scoring.application-id",
            Kind.text("1 to 200 of a-z, A-Z, 0-9, '.', '_', '-'", "[a-zA-Z0-9._-]{1,200}"),
            "vorrang-mail",
            "Names the consumer group and the state of the mail stream; instances with the same one share the work.");
    private static final Key<Guarantee> GUARANTEE = Key.of(
            "scoring.guarantee",
            Kind.oneOf(Guarantee.class),
            "exactly_once",
            "What a crash may cost. `exactly_once`: nothing, for readers that read committed records only;"
                    + " `at_least_once`: records that are scored twice, with the same id.");
    private static final Key<Integer> THREADS = Key.of(
            "scoring.threads",
            Kind.integer(1, 128),
            "Stream threads; more than partitions are idle. If not set: one for each core, at most 4.");
    private static final Key<Integer> BATCH_SIZE =
            Key.of("scoring.batch-size", Kind.integer(1, 65_536), "1024", "Most mails in one call of the model.");
    private static final Key<Duration> LINGER = Key.of(
            "scoring.linger",
            Kind.duration(Duration.ZERO, Duration.ofMinutes(1)),
            "0ms",
            "Longest a mail waits for others to be scored with. With 0ms the mails of one poll are scored together, so"
                    + " that batches grow with the load.");
    private static final Key<Integer> FAILURE_LIMIT = Key.of(
            "scoring.failure-limit",
            Kind.integer(1, Integer.MAX_VALUE),
            "50",
            "So many mails in a row may fail before the model is taken for broken; each of them goes to the dead"
                    + " letters.");
    private static final Key<Duration> COMMIT_INTERVAL = Key.of(
            "scoring.commit-interval",
            Kind.duration(Duration.ofMillis(1), Duration.ofMinutes(15)),
            "Longest time between two commits. With `exactly_once` scores are seen that much later; with"
                + " `at_least_once` so much is scored twice after a crash, and each commit holds its thread up. If not"
                + " set: 50 ms and 1 s.");
    private static final Key<Duration> TRANSACTION_TIMEOUT = Key.of(
            "scoring.transaction-timeout",
            Kind.duration(Duration.ofSeconds(5), Duration.ofMinutes(15)),
            "15s",
            "How long readers wait behind a transaction that a crash left open; longer than any batch takes to be"
                    + " scored.");
    private static final Key<Duration> SLOW_AFTER = Key.of(
            "scoring.slow-after",
            Kind.duration(Duration.ofMillis(10), Duration.ofMinutes(15)),
            "From then on a batch that is still being scored is reported: in the log, by `/health/ready` and as"
                + " `vorrang_slow_calls_total`. Shorter than `scoring.transaction-timeout` with `exactly_once`. If not"
                + " set: half of that, or a quarter of Kafka's `max.poll.interval.ms` (5m) if that is less.");
    private static final Key<Duration> HUNG_AFTER = Key.of(
            "scoring.hung-after",
            Kind.duration(Duration.ofMillis(20), Duration.ofHours(24)),
            "From then on its model is taken for one that never returns: the program ends with 1, for its supervisor"
                + " to start it anew; nothing was committed past the batch. Longer than `scoring.slow-after`, shorter"
                + " than `max.poll.interval.ms`. If not set: half of that.");
    private static final Key<Duration> THREAD_WINDOW = Key.of(
            "scoring.thread-window",
            Kind.duration(Duration.ofMinutes(1), Duration.ofDays(365)),
            "7d",
            "How long an earlier mail of a thread counts as a repeat.");
    private static final Key<Path> MODEL = Key.of(
            "scoring.model",
            Kind.path(),
            Home.MAIL_MODEL,
            "Folder of one version of a model. A model is code: only from where you trust.");
    private static final Key<String> CARD = Key.of(
            "scoring.model-card-sha256",
            Kind.text("64 hex digits", "[0-9a-fA-F]{64}"),
            "SHA-256 that the model's `assets.extra/model.json` must have, which pins all its files.");
    private static final Key<Integer> MODEL_THREADS = Key.of(
            "scoring.model-threads",
            Kind.integer(1, 1024),
            "Threads that one call of the model may use. If not set: the cores divided by `scoring.threads`, one at"
                    + " least.");
    private static final Key<Device> DEVICES = Key.of(
            "scoring.devices[]",
            DEVICE,
            "What models compute on; with several, each has a copy of the model, and a call goes to the one that is"
                    + " least busy. If not set, TensorFlow chooses: the first GPU if it sees one, else the CPU. A GPU"
                    + " needs `VORRANG_GPU=1`.");
    private static final Key<Integer> CALLS_AT_ONCE = Key.of(
            "scoring.calls-at-once",
            Kind.integer(1, 128),
            "Calls of the mail model that run at once, of all stream threads together. What other threads hold"
                + " meanwhile is scored together in the next one, up to `scoring.batch-size`: a GPU is best at few"
                + " large batches. If not set: two for each GPU among `scoring.devices`; where none is named, one for"
                + " each stream thread, so that none waits for another.");
    private static final Key<Double> GPU_MEMORY = Key.of(
            "scoring.gpu-memory",
            Kind.decimal(0.01, 1),
            "Share of each GPU's memory that is taken at the start; if not set, it grows as needed.");
    private static final Key<Boolean> EXPLAIN = Key.of(
            "scoring.explain",
            Kind.flag(),
            "true",
            "Whether each score names the words that moved it, if the model can say them; without them scoring is"
                    + " faster.");
    private static final Key<String> ALLOWED_OPERATIONS = Key.of(
            "scoring.allowed-operations[]",
            Kind.text("the name of a TensorFlow operation, such as ReadFile", "[A-Z][A-Za-z0-9_>]{0,99}"),
            "Operations of models that reach files, the network or other programs and are accepted all the same. A"
                    + " model that has another one is refused.");
    private static final Key<Path> STATE = Key.of(
            "scoring.state",
            Kind.path(),
            "Folder for the state of scoring, of this instance alone; under `data` if not set.");

    static final List<Key<?>> KEYS = List.of(
            MODE,
            STREAMS,
            APPLICATION_ID,
            GUARANTEE,
            THREADS,
            BATCH_SIZE,
            LINGER,
            FAILURE_LIMIT,
            COMMIT_INTERVAL,
            TRANSACTION_TIMEOUT,
            SLOW_AFTER,
            HUNG_AFTER,
            THREAD_WINDOW,
            MODEL,
            CARD,
            MODEL_THREADS,
            DEVICES,
            CALLS_AT_ONCE,
            GPU_MEMORY,
            EXPLAIN,
            ALLOWED_OPERATIONS,
            STATE);

    /** @param kafka further settings of Kafka's clients, by Kafka's names */
    /** Notes a problem if mail is scored and its model is not there. */
    static void requireModel(SettingsReader reader, Settings settings) {
        if (settings.scored().contains(Stream.MAIL)) {
            Home.requireModel(settings.scoring().model()).ifPresent(problem -> reader.problem(MODEL.path(), problem));
        }
    }

    static ScoringSettings read(SettingsReader reader, Map<String, String> kafka) {
        var guarantee = reader.get(GUARANTEE);
        var commitInterval = reader.find(COMMIT_INTERVAL).orElse(guarantee.commitInterval());
        var transactionTimeout = reader.get(TRANSACTION_TIMEOUT);
        int threads = reader.find(THREADS).orElseGet(ScoringSettings::defaultThreads);
        if (commitInterval.compareTo(transactionTimeout) >= 0) {
            reader.problem(
                    "scoring.commit-interval",
                    "allowed is less than scoring.transaction-timeout, " + transactionTimeout);
        }
        List<Device> devices = reader.list(DEVICES);
        return new ScoringSettings(
                reader.get(MODE),
                Set.copyOf(reader.list(STREAMS)),
                reader.get(APPLICATION_ID),
                guarantee,
                threads,
                new BatchSettings(reader.get(BATCH_SIZE), reader.get(LINGER), reader.get(FAILURE_LIMIT))
                        .withLimits(limits(reader, guarantee, transactionTimeout, kafka)),
                callsAtOnce(reader, devices),
                commitInterval,
                transactionTimeout,
                reader.get(THREAD_WINDOW),
                reader.get(MODEL),
                new ModelOptions(
                                ModelOptions.defaults().warmUp(),
                                optional(reader.find(MODEL_THREADS)),
                                devices,
                                reader.find(GPU_MEMORY).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                                reader.find(CARD),
                                reader.get(EXPLAIN))
                        .withAllowedOperations(Set.copyOf(reader.list(ALLOWED_OPERATIONS)))
                        .calledBy(threads),
                reader.find(STATE));
    }

    private static OptionalInt callsAtOnce(SettingsReader reader, List<Device> devices) {
        int gpus = (int) devices.stream()
                .filter(device -> device.type() == Device.Type.GPU)
                .count();
        OptionalInt forGpus = gpus == 0 ? OptionalInt.empty() : OptionalInt.of(CALLS_OF_A_GPU * gpus);
        return reader.find(CALLS_AT_ONCE).map(OptionalInt::of).orElse(forGpus);
    }

    /** Stream threads where nothing is said: one for each core, but no more than a new topic has partitions. */
    public static int defaultThreads() {
        return Math.min(Runtime.getRuntime().availableProcessors(), 4);
    }

    private static TimeLimits limits(
            SettingsReader reader, Guarantee guarantee, Duration transactionTimeout, Map<String, String> kafka) {
        var poll = reader.make("kafka.properties", () -> StreamsSettings.maxPollInterval(kafka))
                .orElse(StreamsSettings.maxPollInterval(Map.of()));
        Duration half = transactionTimeout.dividedBy(2);
        Duration quarter = poll.dividedBy(4);
        var slow = reader.find(SLOW_AFTER).orElse(half.compareTo(quarter) < 0 ? half : quarter);
        var hung = reader.find(HUNG_AFTER).orElse(poll.dividedBy(2));
        if (guarantee == Guarantee.EXACTLY_ONCE && slow.compareTo(transactionTimeout) >= 0) {
            reader.problem(
                    "scoring.slow-after", "allowed is less than scoring.transaction-timeout, " + transactionTimeout);
        }
        if (hung.compareTo(poll) >= 0) {
            reader.problem("scoring.hung-after", "allowed is less than Kafka's max.poll.interval.ms, " + poll);
        }
        if (hung.compareTo(slow) <= 0) {
            reader.problem("scoring.hung-after", "allowed is more than scoring.slow-after, " + slow);
            return TimeLimits.defaults();
        }
        return new TimeLimits(slow, hung);
    }

    private static OptionalInt optional(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
