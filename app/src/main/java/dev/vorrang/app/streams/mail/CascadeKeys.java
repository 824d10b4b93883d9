package dev.vorrang.app.streams.mail;

import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.cascade.CascadeSettings;
import dev.vorrang.scoring.mail.cascade.DeferralRule;
import dev.vorrang.scoring.model.Device;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** The keys {@code streams.mail.cascade}. */
final class CascadeKeys {

    /** A batch may be scored twice within a transaction: when it is full, and before the commit. */
    private static final int SHARE_OF_TRANSACTION = 3;

    private static final CascadeSettings DEFAULTS = CascadeSettings.defaults();
    private static final DeferralRule RULE = DEFAULTS.rule();

    static final Section KEYS = new Section(
            "streams." + MailStreamSettings.NAME + ".cascade",
            "Cascade of mail models",
            "A second, larger model answers the mails that the first one is unsure of. Without `folder` there is no cascade."
                    + " `docs/mail-models.md` describes it.");

    private static final Key<Path> FOLDER = KEYS.add(Key.of(
                    "folder",
                    Kind.path(),
                    "Folder of the large model's version: any mail model. `vorrang model fetch mail-large` fetches one.")
            .example("models/mail-large/1"));
    private static final Key<String> CARD = KEYS.add(Key.of(
                    "card-sha256",
                    StreamSettings.Keys.CARD,
                    "Expected SHA-256 of its `assets.extra/model.json`, which pins all its files.")
            .example("0000000000000000000000000000000000000000000000000000000000000000"));
    private static final Key<Device> DEVICES = KEYS.add(Key.of(
                    "devices[]",
                    StreamSettings.Keys.DEVICE,
                    "Devices of the large model. Default: `devices` of the stream.")
            .example("[\"gpu:0\"]"));
    private static final Key<Boolean> ALWAYS = KEYS.add(
            Key.of(
                    "always",
                    Kind.flag(),
                    "false",
                    "Whether the large model answers all mails, for example on a GPU. The small one's answers stand where it fails."));
    private static final Key<String> HEADS = KEYS.add(Key.of(
                    "heads[]",
                    Kind.text(
                            "one of " + String.join(", ", MailPrediction.HEADS),
                            String.join("|", MailPrediction.HEADS)),
                    "Heads that count: a mail is sent to the large model if the small one is unsure of one of them."
                            + " Default: topic and urgency.")
            .example("[topic, urgency]"));
    private static final Key<Double> UNSURE_BELOW = KEYS.add(Key.of(
                    "unsure-below",
                    Kind.decimal(0, 1),
                    "Probability of the answer below which the small model is unsure of a head. Default: the head's"
                            + " threshold in the model card.")
            .example("0.7"));
    private static final Key<Double> URGENT_FROM = KEYS.add(Key.of(
            "urgent-from",
            Kind.decimal(0, 1),
            Double.toString(RULE.urgentFrom()),
            "A mail is also sent to the large model if the probability of `now` and `today` together is between this and"
                    + " `urgent-to`."));
    private static final Key<Double> URGENT_TO = KEYS.add(
            Key.of("urgent-to", Kind.decimal(0, 1), Double.toString(RULE.urgentTo()), "At least `urgent-from`."));
    private static final Key<Duration> TIME_LIMIT = KEYS.add(Key.of(
            "time-limit",
            Kind.duration(Duration.ofMillis(1), Duration.ofMinutes(5)),
            DEFAULTS.timeLimit().toSeconds() + "s",
            "Maximum time that a batch waits for the large model. Mails without an answer by then keep the small one's."
                    + " Must be shorter than `slow-after` and, with `exactly_once`, at most a third of"
                    + " `transaction-timeout`."));
    private static final Key<Integer> BATCH_SIZE = KEYS.add(Key.of(
            "batch-size",
            Kind.integer(1, 65_536),
            Integer.toString(DEFAULTS.batchSize()),
            "Maximum number of mails in one call of the large model. A batch is asked in several calls, the most urgent"
                    + " mails first, until `time-limit`."));
    private static final Key<Integer> FAILURE_LIMIT = KEYS.add(Key.of(
            "failure-limit",
            Kind.integer(1, 1_000_000),
            Integer.toString(DEFAULTS.failureLimit()),
            "Number of consecutive batches without any answer after which the large model is left out for `pause`."));
    private static final Key<Duration> PAUSE = KEYS.add(Key.of(
            "pause",
            Kind.duration(Duration.ofMillis(100), Duration.ofHours(24)),
            DEFAULTS.pause().toSeconds() + "s",
            "Time after which the large model is tried again."));

    /**
     * A cascade that is configured.
     *
     * @param large the model that answers what the other is unsure of
     * @param settings when it is asked, and how
     */
    record Cascade(StreamSettings.Model large, CascadeSettings settings) {}

    private CascadeKeys() {}

    /** @param stream how its first model, the small one, scores */
    static Optional<Cascade> read(SettingsReader reader, StreamSettings stream) {
        var folder = reader.find(FOLDER);
        if (folder.isEmpty()) {
            // The example file sets what has a default; whoever sets anything else wants a cascade.
            if (reader.get(ALWAYS)) {
                reader.problem(ALWAYS.path(), "needs " + FOLDER.path());
            }
            Stream.of(CARD, UNSURE_BELOW)
                    .filter(reader::isSet)
                    .forEach(key -> reader.problem(key.path(), "needs " + FOLDER.path()));
            return Optional.empty();
        }
        var rule = reader.make(URGENT_TO.path(), () -> rule(reader));
        var settings = new CascadeSettings(
                rule.orElse(RULE),
                limit(reader, stream),
                reader.get(BATCH_SIZE),
                reader.get(FAILURE_LIMIT),
                reader.get(PAUSE));
        return Optional.of(new Cascade(
                new StreamSettings.Model(
                        folder.get(),
                        options(reader, stream.models().get(0).options(), settings),
                        FOLDER.path(),
                        Optional.of("fetch one with './vorrang model fetch mail-large'")),
                settings));
    }

    private static DeferralRule rule(SettingsReader reader) {
        Set<String> heads = new HashSet<>(reader.list(HEADS));
        return new DeferralRule(
                heads.isEmpty() ? RULE.heads() : heads,
                reader.find(UNSURE_BELOW).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                reader.get(URGENT_FROM),
                reader.get(URGENT_TO),
                reader.get(ALWAYS));
    }

    private static Duration limit(SettingsReader reader, StreamSettings stream) {
        Duration limit = reader.get(TIME_LIMIT);
        Duration slow = stream.batch().limits().slow();
        Duration share = stream.transactionTimeout().dividedBy(SHARE_OF_TRANSACTION);
        if (limit.compareTo(slow) >= 0) {
            reader.problem(TIME_LIMIT.path(), limit + ": allowed is less than slow-after, " + slow);
        }
        if (stream.guarantee() == Guarantee.EXACTLY_ONCE && limit.compareTo(share) > 0) {
            reader.problem(
                    TIME_LIMIT.path(),
                    limit + ": allowed is a third of transaction-timeout at most, " + share
                            + "; a longer transaction-timeout allows more");
        }
        return limit;
    }

    private static ModelOptions options(SettingsReader reader, ModelOptions small, CascadeSettings settings) {
        List<Device> devices = reader.list(DEVICES);
        ModelOptions own = small.withCard(reader.find(CARD)).withWarmUp(List.of(1, settings.batchSize()));
        return devices.isEmpty() ? own : own.withDevices(devices);
    }
}
