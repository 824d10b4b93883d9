package dev.vorrang.app.streams.mail;

import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.mail.MailContext;
import dev.vorrang.scoring.mail.PriorityRule;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.mail.PrioritySettings.Thresholds;
import dev.vorrang.scoring.mail.UrgencyCosts;
import dev.vorrang.scoring.mail.VipSenders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The section {@code streams.mail.priority}: keys, and how they become {@link PrioritySettings}. */
final class PriorityKeys {

    private static final PrioritySettings DEFAULTS = PrioritySettings.defaults();
    private static final Kind<Double> SHARE = Kind.decimal(0, 1);
    private static final Kind<Double> SIGNED = Kind.decimal(-1, 1);

    static final Section KEYS = new Section(
            "streams.mail.priority",
            "Priority of mails",
            "Priority of a mail. A weight from 0 to 1 is the share of the distance to 1 that a signal adds; a weight"
                    + " from -1 to 0 is the share of the score that it removes. See [priority.md](priority.md).");

    private static final Key<Double> TOPICS =
            KEYS.add(Key.of("topics.*", SHARE, "Weight of a topic, by the model's label. Others keep their default.")
                    .shown(lines(DEFAULTS.topics())));
    private static final Key<Double> OTHER_TOPICS =
            KEYS.add(number("other-topics", SHARE, DEFAULTS.otherTopics(), "Weight of topics without their own."));
    private static final Key<Double> SENTIMENTS = KEYS.add(
            Key.of("sentiments.*", SIGNED, "Weight of a sentiment, by the model's label. Others keep their default.")
                    .shown(lines(DEFAULTS.sentiments())));
    private static final Key<Double> MODEL_PRIORITIES = KEYS.add(Key.of(
                    "model-priorities.*",
                    SIGNED,
                    "Weight of a priority predicted by the model, by its label; for models with a priority head.")
            .shown("urgent: 0.5", "critical: 0.5", "high: 0.3", "medium: 0", "normal: 0", "low: -0.3"));
    private static final Key<Double> REPEAT =
            KEYS.add(number("repeat", SHARE, DEFAULTS.repeat(), "Weight of each earlier mail in the thread."));
    private static final Key<Integer> MAX_REPEATS = KEYS.add(Key.of(
            "max-repeats",
            Kind.integer(0, 1000),
            Integer.toString(DEFAULTS.mostRepeats()),
            "Maximum number of earlier mails that count."));
    private static final Key<Double> VIP = KEYS.add(number("vip", SHARE, DEFAULTS.vip(), "Weight of a VIP sender."));
    private static final Key<String> VIP_SENDERS = KEYS.add(Key.of(
                    "vip-senders[]",
                    Kind.text(
                                    "an address (anna@example.org), a domain (example.org) or all domains below one"
                                            + " (*.example.org)",
                                    ".+")
                            .map(PriorityKeys::vip),
                    "VIPs, by address or domain, never by display name. Senders are easy to forge: list"
                            + " only domains that your mail server checks (SPF, DKIM, DMARC).")
            .shown("[director@example.org, board.example.org, \"*.customer.example\"]"));
    private static final Key<Double> AUTOMATIC = KEYS.add(Key.of(
                    "automatic.*",
                    SIGNED,
                    "Weight of a kind of automatic mail: `auto_reply`, `list`, `bulk`, `bounce` or `notification`.")
            .shown("auto_reply: -0.6", "list: -0.6", "bulk: -0.7", "bounce: -0.3", "notification: 0"));
    private static final Kind<Double> COST = Kind.decimal(0, UrgencyCosts.MOST);
    private static final Key<Double> WAITING = KEYS.add(Key.of(
                    "costs.waiting.*",
                    COST,
                    "Cost of letting a mail of this urgency wait, by the model's label. Others keep their default.")
            .shown(lines(DEFAULTS.costs().waiting())));
    private static final Key<Double> STAKES = KEYS.add(Key.of(
                    "costs.stakes.*",
                    COST,
                    "Factor of this stake, by the model's label: the cost of waiting is multiplied by it.")
            .shown(lines(DEFAULTS.costs().stakes())));
    private static final Key<Double> OTHER_STAKES = KEYS.add(number(
            "costs.other-stakes",
            COST,
            DEFAULTS.costs().otherStakes(),
            "Factor of stakes without their own, and of all mails if the model has no stake head."));
    private static final Key<Double> ATTENTION_NORMAL = KEYS.add(attention(Priority.NORMAL));
    private static final Key<Double> ATTENTION_HIGH = KEYS.add(attention(Priority.HIGH));
    private static final Key<Double> ATTENTION_URGENT = KEYS.add(attention(Priority.URGENT));
    private static final Key<Double> NORMAL = KEYS.add(number(
            "thresholds.normal",
            SHARE,
            DEFAULTS.thresholds().normal(),
            "From this score on a mail is NORMAL; below it, LOW."));
    private static final Key<Double> HIGH = KEYS.add(
            number("thresholds.high", SHARE, DEFAULTS.thresholds().high(), "From this score on a mail is HIGH."));
    private static final Key<Double> URGENT = KEYS.add(
            number("thresholds.urgent", SHARE, DEFAULTS.thresholds().urgent(), "From this score on a mail is URGENT."));

    private static final String RULES = KEYS.path() + ".rules";
    private static final Key<String> RULE_NAME = KEYS.add(Key.of(
                    "rules[].name",
                    Kind.text("up to 100 characters", ".{1,100}"),
                    "Name of the rule, for logs and errors.")
            .shown("night shift", "status page"));
    private static final Key<String> RULE_WHEN = KEYS.add(Key.of(
                    "rules[].when",
                    Kind.text().named("a CEL expression"),
                    "Condition of the rule: a CEL expression, see [Conditions](settings.md#conditions).")
            .shown(
                    "mail.receivedAt.getHours(\"Europe/Berlin\") >= 22 && score.topic == \"outage\"",
                    "mail.sender == \"noreply@status.example.org\""));
    private static final Key<Double> RULE_ADD =
            KEYS.add(Key.of("rules[].add", SIGNED, "Weight that the rule adds, as a further signal.")
                    .shown("0.2", ""));
    private static final Key<Double> RULE_SET = KEYS.add(Key.of(
                    "rules[].set",
                    SHARE,
                    "Score that the rule sets, regardless of the signals. The first matching rule wins.")
            .shown("", "0.1"));
    private static final Key<String> RULE_REASON = KEYS.add(Key.of(
                    "rules[].reason",
                    Kind.text("up to 200 characters", ".{1,200}"),
                    "Reason shown to people. Default: the name.")
            .shown("outage at night", ""));

    private PriorityKeys() {}

    static PrioritySettings read(SettingsReader reader) {
        return new PrioritySettings(
                over(DEFAULTS.topics(), reader.map(TOPICS)),
                reader.get(OTHER_TOPICS),
                over(DEFAULTS.sentiments(), reader.map(SENTIMENTS)),
                over(DEFAULTS.modelPriorities(), reader.map(MODEL_PRIORITIES)),
                reader.get(REPEAT),
                reader.get(MAX_REPEATS),
                reader.get(VIP),
                new VipSenders(new HashSet<>(reader.list(VIP_SENDERS))),
                automatic(reader),
                reader.make(KEYS.path() + ".costs", () -> costs(reader)).orElse(DEFAULTS.costs()),
                reader.make(
                                KEYS.path() + ".thresholds",
                                () -> new Thresholds(reader.get(NORMAL), reader.get(HIGH), reader.get(URGENT)))
                        .orElse(DEFAULTS.thresholds()),
                rules(reader));
    }

    private static UrgencyCosts costs(SettingsReader reader) {
        return new UrgencyCosts(
                over(DEFAULTS.costs().waiting(), reader.map(WAITING)),
                over(DEFAULTS.costs().stakes(), reader.map(STAKES)),
                reader.get(OTHER_STAKES),
                Map.of(
                        Priority.NORMAL, reader.get(ATTENTION_NORMAL),
                        Priority.HIGH, reader.get(ATTENTION_HIGH),
                        Priority.URGENT, reader.get(ATTENTION_URGENT)));
    }

    private static Key<Double> attention(Priority level) {
        return number(
                "costs.attention." + level.name().toLowerCase(Locale.ROOT),
                COST,
                DEFAULTS.costs().attention().get(level),
                "Cost of looking at a mail as " + level
                        + ": it has this level from the same expected cost of waiting on.");
    }

    private static Map<Automatic, Double> automatic(SettingsReader reader) {
        var weights = new EnumMap<>(DEFAULTS.automatic());
        var kinds = Kind.oneOf(Automatic.class).named("one of auto_reply, list, bulk, bounce, notification");
        // A variable's NAME arrives with dots for its underscores.
        reader.map(AUTOMATIC).forEach((name, weight) -> {
            try {
                weights.put(kinds.parser().apply(name.replace('.', '_')), weight);
            } catch (IllegalArgumentException e) {
                reader.problem(
                        KEYS.path() + ".automatic." + name, "there is no such kind; allowed is " + kinds.allowed());
            }
        });
        return weights;
    }

    private static List<PriorityRule> rules(SettingsReader reader) {
        var rules = new ArrayList<PriorityRule>();
        for (int place = 0; place < reader.size(RULES); place++) {
            rule(reader, place).ifPresent(rules::add);
        }
        return rules;
    }

    private static Optional<PriorityRule> rule(SettingsReader reader, int place) {
        var name = reader.require(RULE_NAME, "each rule has a name", place);
        var when = reader.require(RULE_WHEN, "each rule has a condition", place);
        var effect = effect(reader, place);
        // Compiled here only to find problems, also in a rule that has others.
        var owner = "rule '" + name.orElse("?") + "'";
        var compiled = when.flatMap(
                condition -> reader.make(RULE_WHEN.at(place), () -> MailContext.RULES.compile(owner, condition)));
        if (name.isEmpty() || compiled.isEmpty() || effect.isEmpty()) {
            return Optional.empty();
        }
        var reason = reader.find(RULE_REASON, place).orElse("rule " + name.get());
        return Optional.of(new PriorityRule(name.get(), when.get(), effect.get(), reason));
    }

    private static Optional<PriorityRule.Effect> effect(SettingsReader reader, int place) {
        if (reader.isSet(RULE_ADD, place) == reader.isSet(RULE_SET, place)) {
            reader.problem(RULES + "[" + place + "]", "allowed is either add or set, and one of them must be there");
            return Optional.empty();
        }
        Optional<PriorityRule.Effect> add = reader.find(RULE_ADD, place).map(PriorityRule.Add::new);
        return add.or(() -> reader.find(RULE_SET, place).map(PriorityRule.Set::new));
    }

    private static String vip(String entry) {
        return VipSenders.of(List.of(entry)).entries().iterator().next();
    }

    private static Map<String, Double> over(Map<String, Double> defaults, Map<String, Double> own) {
        var all = new HashMap<>(defaults);
        own.forEach((label, weight) -> all.put(label.strip().toLowerCase(Locale.ROOT), weight));
        return all;
    }

    /** The heaviest first. */
    private static String[] lines(Map<String, Double> weights) {
        return weights.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(weight -> weight.getKey() + ": " + weight.getValue())
                .toArray(String[]::new);
    }

    private static Key<Double> number(String path, Kind<Double> kind, double fallback, String doc) {
        return Key.of(path, kind, Double.toString(fallback), doc);
    }
}
