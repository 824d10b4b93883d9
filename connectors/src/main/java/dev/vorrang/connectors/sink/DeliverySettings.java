package dev.vorrang.connectors.sink;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.settings.SettingProblems;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of delivery, which all sinks have, and those of Connect that a sink of actions needs. */
public final class DeliverySettings {

    public static final String ATTEMPTS = "retry.attempts";
    public static final String BACKOFF_MS = "retry.backoff.ms";
    public static final String MAX_MS = "retry.max.ms";
    public static final String GIVE_UP_MS = "retry.give.up.ms";
    public static final String MAX_AGE_MS = "max.age.ms";
    public static final String CIRCUIT_FAILURES = "circuit.failures";
    public static final String CIRCUIT_PAUSE_MS = "circuit.pause.ms";
    public static final String RATE = "rate.per.minute";

    /** Connect's own. */
    public static final String TOLERANCE = "errors.tolerance";

    public static final String DEAD_LETTER_TOPIC = "errors.deadletterqueue.topic.name";

    private static final long DAY_MS = 86_400_000;

    private DeliverySettings() {}

    /** @param rate default of the rate limit */
    public static void define(ConfigDef definition, int rate) {
        definition
                .define(
                        ATTEMPTS,
                        Type.INT,
                        8,
                        between(1, 1_000),
                        MEDIUM,
                        "Attempts for an action that fails while the circuit is closed; then it goes to the dead letters."
                                + " Attempts for which the target is unavailable do not count.")
                .define(
                        BACKOFF_MS,
                        Type.LONG,
                        1_000L,
                        between(1L, 3_600_000L),
                        LOW,
                        "Pause after the first failure, in ms. Pauses double and vary by up to a quarter.")
                .define(
                        MAX_MS,
                        Type.LONG,
                        60_000L,
                        between(1L, 3_600_000L),
                        LOW,
                        "Maximum pause between attempts, in ms. A longer time that the target asks for is kept to, up to an hour.")
                .define(
                        GIVE_UP_MS,
                        Type.LONG,
                        DAY_MS,
                        between(1L, 30 * DAY_MS),
                        MEDIUM,
                        "Time after which an action goes to the dead letters although its target is unavailable, in ms. A"
                                + " restart resets it.")
                .define(
                        MAX_AGE_MS,
                        Type.LONG,
                        0L,
                        between(0L, 365 * DAY_MS),
                        MEDIUM,
                        "Age of an action, since it was decided, above which it goes to the dead letters instead, in ms; 0 for"
                                + " any. For what must not happen late, such as a command to a machine.")
                .define(
                        CIRCUIT_FAILURES,
                        Type.INT,
                        10,
                        between(1, 1_000),
                        LOW,
                        "Failures in a row, of whatever actions, after which the target counts as unavailable: the circuit"
                                + " opens, which is logged and shown by the metric circuit-open.")
                .define(
                        CIRCUIT_PAUSE_MS,
                        Type.LONG,
                        30_000L,
                        between(1L, 3_600_000L),
                        LOW,
                        "Pause between two attempts while the circuit is open, in ms.")
                .define(
                        RATE,
                        Type.INT,
                        rate,
                        between(0, 1_000_000),
                        MEDIUM,
                        "Maximum number of attempts per minute and task, evenly spread; 0 for no limit.");
    }

    public static DeliveryPolicy policy(AbstractConfig config) {
        var first = Duration.ofMillis(config.getLong(BACKOFF_MS));
        var max = Duration.ofMillis(config.getLong(MAX_MS));
        return new DeliveryPolicy(
                config.getInt(ATTEMPTS),
                first,
                max,
                Duration.ofMillis(config.getLong(GIVE_UP_MS)),
                Duration.ofMillis(config.getLong(MAX_AGE_MS)),
                config.getInt(CIRCUIT_FAILURES),
                Duration.ofMillis(config.getLong(CIRCUIT_PAUSE_MS)),
                config.getInt(RATE),
                Duration.ZERO);
    }

    /** Without a dead-letter topic Connect would stop at, or forget, an action that is refused. */
    public static void check(SettingProblems problems) {
        if (!"all".equalsIgnoreCase(problems.get(TOLERANCE))) {
            problems.add(
                    TOLERANCE,
                    TOLERANCE + " is '" + problems.get(TOLERANCE) + "': allowed is all, so that an action that is"
                            + " refused goes to the dead letters");
        }
        if (!problems.has(DEAD_LETTER_TOPIC)) {
            problems.add(
                    DEAD_LETTER_TOPIC,
                    DEAD_LETTER_TOPIC + " is missing: it takes what is refused, such as actions.dead-letters");
        }
    }
}
