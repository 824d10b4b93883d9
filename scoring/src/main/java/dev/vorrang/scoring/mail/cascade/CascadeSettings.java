package dev.vorrang.scoring.mail.cascade;

import java.time.Duration;
import java.util.Objects;

/**
 * When a cascade asks its large model, and how.
 *
 * @param rule which mails it is asked for
 * @param timeLimit how long a batch waits for it, 1 ms or more: well below the timeout of a transaction
 * @param batchSize most mails in one of its calls, 1 or more; what was answered within the limit counts, call by call
 * @param failureLimit batches in a row that it may fail, or be too slow for, before it is left out; 1 or more
 * @param pause how long it is left out before it is tried again, 1 ms or more
 */
public record CascadeSettings(DeferralRule rule, Duration timeLimit, int batchSize, int failureLimit, Duration pause) {

    public CascadeSettings {
        Objects.requireNonNull(rule, "rule");
        require("timeLimit", timeLimit, timeLimit.toMillis() >= 1);
        require("batchSize", batchSize, batchSize >= 1);
        require("failureLimit", failureLimit, failureLimit >= 1);
        require("pause", pause, pause.toMillis() >= 1);
    }

    /** 5 seconds, 32 mails in a call, left out for 30 seconds after 3 batches. */
    public static CascadeSettings defaults() {
        return new CascadeSettings(DeferralRule.defaults(), Duration.ofSeconds(5), 32, 3, Duration.ofSeconds(30));
    }

    public CascadeSettings withRule(DeferralRule other) {
        return new CascadeSettings(other, timeLimit, batchSize, failureLimit, pause);
    }

    public CascadeSettings withTimeLimit(Duration other) {
        return new CascadeSettings(rule, other, batchSize, failureLimit, pause);
    }

    public CascadeSettings withBatchSize(int other) {
        return new CascadeSettings(rule, timeLimit, other, failureLimit, pause);
    }

    private static void require(String name, Object value, boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException(name + " " + value + ": allowed is 1 or more");
        }
    }
}
