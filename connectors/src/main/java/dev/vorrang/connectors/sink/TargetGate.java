package dev.vorrang.connectors.sink;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Execution;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a target may be asked: not more often than its rate allows, after a pause where it was unavailable, and seldom while the circuit
 * is open. For one thread.
 */
final class TargetGate {

    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(TargetGate.class);
    private static final double JITTER = 0.25;

    private final String name;
    private final DeliveryPolicy policy;
    private final SinkCounts counts;
    private final LongSupplier nanoTime;
    private final RetryPolicy<Void> retries;
    private final CircuitBreaker<Void> circuit;
    private final Optional<RateLimiter<Void>> rate;

    private Execution<Void> attempts;
    private DeliveryException failure;
    private long due;

    /** @param nanoTime for pauses; not moved by a clock that is set */
    TargetGate(String name, DeliveryPolicy policy, SinkCounts counts, LongSupplier nanoTime) {
        this.name = name;
        this.policy = policy;
        this.counts = counts;
        this.nanoTime = nanoTime;
        this.retries = backoff(policy).withMaxAttempts(-1).build();
        this.attempts = Execution.of(retries);
        this.due = nanoTime.getAsLong();
        this.circuit = CircuitBreaker.<Void>builder()
                .withFailureThreshold(policy.circuitFailures())
                .withSuccessThreshold(1)
                .withDelay(policy.circuitPause())
                .onOpen(event -> opened())
                .onClose(event -> closed())
                .build();
        this.rate = policy.actionsPerMinute() == 0
                ? Optional.empty()
                : Optional.of(RateLimiter.<Void>smoothBuilder(policy.actionsPerMinute(), Duration.ofMinutes(1))
                        .build());
    }

    /** Pauses that grow from the first to the longest of a policy, with jitter. */
    static RetryPolicyBuilder<Void> backoff(DeliveryPolicy policy) {
        var builder = RetryPolicy.<Void>builder().withJitter(JITTER);
        return policy.firstPause().compareTo(policy.maxPause()) < 0
                ? builder.withBackoff(policy.firstPause(), policy.maxPause())
                : builder.withDelay(policy.maxPause());
    }

    /** How long nothing may be tried; if zero, one attempt may be made and its outcome must be recorded. */
    Duration pause(long now) {
        if (due - now > 0) {
            return Duration.ofNanos(due - now);
        }
        if (circuit.isOpen() && circuit.getRemainingDelay().toMillis() > 0) {
            return circuit.getRemainingDelay();
        }
        if (rate.isPresent() && !rate.get().tryAcquirePermit()) {
            return Duration.ofMinutes(1).dividedBy(policy.actionsPerMinute());
        }
        return circuit.tryAcquirePermit() ? Duration.ZERO : policy.circuitPause();
    }

    /** Before it, the target is unavailable. */
    long due() {
        return due;
    }

    boolean isCircuitClosed() {
        return circuit.isClosed();
    }

    /** Why the last attempt failed; empty after one that succeeded. */
    Optional<DeliveryException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Notes that the target has answered, if only to refuse. */
    void succeeded() {
        circuit.recordSuccess();
        failure = null;
        attempts = Execution.of(retries);
    }

    /** Notes an attempt that failed, because of the action or of the target. */
    void failed(DeliveryException e) {
        counts.failed();
        circuit.recordFailure();
        failure = e;
    }

    /** Notes that the target is unavailable, and gives the pause until the next attempt. */
    Duration unavailable(DeliveryException e) {
        failed(e);
        attempts.recordException(e);
        var pause = e.retryAfter()
                .filter(asked -> asked.compareTo(attempts.getDelay()) > 0)
                .map(asked -> asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE)
                .orElse(attempts.getDelay());
        due = nanoTime.getAsLong() + pause.toNanos();
        return pause;
    }

    private void opened() {
        counts.circuitOpen(true);
        log.error(
                "{}: circuit open after {} failures in a row; one attempt each {} ms until one succeeds",
                name,
                policy.circuitFailures(),
                policy.circuitPause().toMillis());
    }

    private void closed() {
        counts.circuitOpen(false);
        log.info("{}: circuit closed, the target takes actions again", name);
    }
}
