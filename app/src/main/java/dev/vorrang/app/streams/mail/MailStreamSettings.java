package dev.vorrang.app.streams.mail;

import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.RouteKeys;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.streams.mail.score.ShippedModel;
import dev.vorrang.app.streams.mail.source.MailboxSettings;
import dev.vorrang.scoring.mail.MailActions;
import dev.vorrang.scoring.mail.MailContext;
import dev.vorrang.scoring.mail.MailRoutes;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.mail.cascade.CascadeSettings;
import dev.vorrang.scoring.model.Device;
import dev.vorrang.scoring.route.Route;
import dev.vorrang.scoring.route.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How mails are scored.
 *
 * @param stream what every stream has; its models are the one that scores and, in a cascade, the large one
 * @param callsAtOnce how many calls of the model may run at once; empty for one in each stream thread
 * @param threadWindow how long an earlier mail of a thread counts as a repeat
 * @param priority how mail is weighed
 * @param routes where it goes
 * @param cascade when the large model is asked; empty if there is none
 */
public record MailStreamSettings(
        StreamSettings stream,
        OptionalInt callsAtOnce,
        Duration threadWindow,
        PrioritySettings priority,
        Routes<MailContext> routes,
        Optional<CascadeSettings> cascade)
        implements StreamOptions {

    /** The stream's name. */
    public static final String NAME = "mail";

    /** One computes while the next is made ready. */
    private static final int CALLS_OF_A_GPU = 2;

    private static final StreamSettings.Keys STREAM = new StreamSettings.Keys(NAME, ShippedModel.PATH);
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

    private static final RouteKeys ROUTES = new RouteKeys(
            NAME,
            "mails",
            List.of(
                    new Route("archive", "mail.automatic == \"NONE\"", true),
                    new Route(
                            "support-billing",
                            "mail.deliveredTo.exists(address, address.startsWith(\"support+billing@\"))"),
                    new Route("urgent", "priority == \"URGENT\""),
                    new Route("billing", "score.topic == \"billing\" && priorityScore >= 0.25")));
    private static final Key<String> FALLBACK = ROUTES.queue(
            "fallback-queue",
            MailRoutes.UNSORTED,
            "Queue for mails that no route matches, and for mails on which the model abstains. People sort them.");

    /** Where they stand. */
    public static final StreamSection<MailStreamSettings> SECTION = new StreamSection<>(
                    NAME,
                    MailStreamSettings.class,
                    List.of(STREAM.section(), KEYS, CascadeKeys.KEYS, PriorityKeys.KEYS, ROUTES.section()),
                    Optional.of(MailboxSettings.SECTION),
                    MailStreamSettings::read)
            .withActions(MailActions.FIELDS);

    /** @param kafka further settings of Kafka's clients, by Kafka's names */
    private static MailStreamSettings read(SettingsReader reader, Map<String, String> kafka) {
        var explain = reader.get(EXPLAIN);
        var stream = STREAM.read(reader, kafka).withModelOptions(options -> options.withExplain(explain));
        if (stream.models().size() > 1) {
            reader.problem(STREAM.modelsPath() + "[1]", "allowed is one model");
        }
        var cascade = CascadeKeys.read(reader, stream);
        return new MailStreamSettings(
                cascade.map(each -> stream.withModel(each.large())).orElse(stream),
                callsAtOnce(reader, stream.models().get(0)),
                reader.get(THREAD_WINDOW),
                PriorityKeys.read(reader),
                routes(reader),
                cascade.map(CascadeKeys.Cascade::settings));
    }

    private static Routes<MailContext> routes(SettingsReader reader) {
        String fallback = reader.get(FALLBACK);
        var routes = ROUTES.read(reader, route -> MailRoutes.of(List.of(route), fallback));
        return MailRoutes.of(routes.orElse(MailRoutes.DEFAULT), fallback);
    }

    /** These settings with other weights. */
    MailStreamSettings withPriority(PrioritySettings other) {
        return new MailStreamSettings(stream, callsAtOnce, threadWindow, other, routes, cascade);
    }

    /** The model that scores. */
    public StreamSettings.Model model() {
        return stream.models().get(0);
    }

    private static OptionalInt callsAtOnce(SettingsReader reader, StreamSettings.Model model) {
        int gpus = (int) model.options().devices().stream()
                .filter(device -> device.type() == Device.Type.GPU)
                .count();
        OptionalInt forGpus = gpus == 0 ? OptionalInt.empty() : OptionalInt.of(CALLS_OF_A_GPU * gpus);
        return reader.find(CALLS_AT_ONCE).map(OptionalInt::of).orElse(forGpus);
    }
}
