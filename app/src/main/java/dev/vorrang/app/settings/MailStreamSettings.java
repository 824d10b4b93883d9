package dev.vorrang.app.settings;

import dev.vorrang.app.program.Home;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.model.Device;
import dev.vorrang.scoring.route.Routes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How mails are scored.
 *
 * @param stream what every stream has; it has one model
 * @param callsAtOnce how many calls of the model may run at once; empty for one in each stream thread
 * @param threadWindow how long an earlier mail of a thread counts as a repeat
 * @param priority how mail is weighed
 * @param routes where it goes
 */
public record MailStreamSettings(
        StreamSettings stream,
        OptionalInt callsAtOnce,
        Duration threadWindow,
        PrioritySettings priority,
        Routes routes) {

    /** The stream's name. */
    public static final String NAME = "mail";

    /** One computes while the next is made ready. */
    private static final int CALLS_OF_A_GPU = 2;

    private static final StreamSettings.Keys STREAM = new StreamSettings.Keys(NAME, Path.of(Home.MAIL_MODEL));
    private static final Section KEYS = new Section(STREAM.section().path(), "Mail", "");

    private static final Key<Boolean> EXPLAIN = KEYS.add(Key.of(
            "explain",
            Kind.flag(),
            "true",
            "Whether scores contain the words with the largest effect, if the model can explain. Scoring is"
                    + " faster without."));
    private static final Key<Duration> THREAD_WINDOW = KEYS.add(Key.of(
            "thread-window",
            Kind.duration(Duration.ofMinutes(1), Duration.ofDays(365)),
            "7d",
            "Time for which an earlier mail of a thread counts as a repeat."));
    private static final Key<Integer> CALLS_AT_ONCE = KEYS.add(Key.of(
                    "calls-at-once",
                    Kind.integer(1, 128),
                    "Concurrent calls of the model, over all stream threads. Records that other threads"
                            + " hold meanwhile are scored together in the next call, up to `batch-size`: a GPU "
                            + "works best with few large batches. Default: two for each GPU in `devices`; if none"
                            + " is named, one for each stream thread.")
            .example("2"));

    static final List<Section> SECTIONS = List.of(STREAM.section(), KEYS, PriorityKeys.KEYS, RouteKeys.KEYS);

    /** Those of an empty file. */
    public static MailStreamSettings defaults() {
        return read(SettingsReader.empty(), Map.of());
    }

    /** @param kafka further settings of Kafka's clients, by Kafka's names */
    static MailStreamSettings read(SettingsReader reader, Map<String, String> kafka) {
        var explain = reader.get(EXPLAIN);
        var stream = STREAM.read(reader, kafka).withModelOptions(options -> options.withExplain(explain));
        if (stream.models().size() > 1) {
            reader.problem(STREAM.modelsPath() + "[1]", "allowed is one model");
        }
        return new MailStreamSettings(
                stream,
                callsAtOnce(reader, stream.models().get(0)),
                reader.get(THREAD_WINDOW),
                PriorityKeys.read(reader),
                RouteKeys.read(reader));
    }

    /** The model that scores. */
    public StreamSettings.Model model() {
        return stream.models().get(0);
    }

    void requireModels(SettingsReader reader) {
        STREAM.requireModels(reader, stream);
    }

    private static OptionalInt callsAtOnce(SettingsReader reader, StreamSettings.Model model) {
        int gpus = (int) model.options().devices().stream()
                .filter(device -> device.type() == Device.Type.GPU)
                .count();
        OptionalInt forGpus = gpus == 0 ? OptionalInt.empty() : OptionalInt.of(CALLS_OF_A_GPU * gpus);
        return reader.find(CALLS_AT_ONCE).map(OptionalInt::of).orElse(forGpus);
    }
}
