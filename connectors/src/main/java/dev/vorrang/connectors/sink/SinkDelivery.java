package dev.vorrang.connectors.sink;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import dev.vorrang.schemas.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions that one task has taken and its target does not have yet. Each is delivered at least once, those of one key in
 * their order: an action that waits for its next attempt holds up those of its key alone, an unavailable target holds up all.
 *
 * <p>An action goes to the dead letters if the target refuses it, if it fails too often while the target takes others, or if the
 * target is unavailable for too long. Nothing here waits: {@link #work()} tries what may be tried and tells when to come again. The
 * thread of the task uses it.
 */
final class SinkDelivery implements AutoCloseable {

    /** Actions taken, and records that are not read on beyond. */
    static final int CAPACITY = 1_000;

    private static final Logger log = LoggerFactory.getLogger(SinkDelivery.class);
    /** Longest time of {@link #work()} before it returns, besides that of one attempt. */
    private static final Duration BUDGET = Duration.ofSeconds(5);

    /** Actions after which {@link #work()} returns, so that they are committed: after a crash so many come again at most. */
    private static final int COMMITTED_TOGETHER = 50;

    private static final Duration MOMENT = Duration.ofMillis(1);
    /** Actions of a digest's time may still be on their way when it is over. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int MOST_OF_A_DIGEST = 200;

    private final String name;
    private final Target target;
    private final DeliveryPolicy policy;
    private final BiConsumer<SinkRecord, DeliveryException> deadLetters;
    private final Clock clock;
    private final LongSupplier nanoTime;

    private final RetryPolicy<Void> retries;
    private final TargetGate gate;
    private final LinkedHashSet<Delivery> waiting = new LinkedHashSet<>();
    private final Map<Object, Delivery> digests = new HashMap<>();
    private final SinkCounts counts = new SinkCounts();

    /**
     * @param deadLetters takes a record that is not delivered, and why
     * @param clock for digests, which are of the time of the actions
     * @param nanoTime for pauses; not moved by a clock that is set
     */
    SinkDelivery(
            String name,
            Target target,
            DeliveryPolicy policy,
            BiConsumer<SinkRecord, DeliveryException> deadLetters,
            Clock clock,
            LongSupplier nanoTime) {
        this.name = name;
        this.target = target;
        this.policy = policy;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.retries =
                TargetGate.backoff(policy).withMaxAttempts(policy.attempts()).build();
        this.gate = new TargetGate(name, policy, counts, nanoTime);
    }

    SinkCounts counts() {
        return counts;
    }

    /** Whether no more records should be read for now. */
    boolean isFull() {
        return waiting.size() >= CAPACITY;
    }

    /** Takes a record. One without a value says nothing, one that is no action goes to the dead letters. */
    void add(SinkRecord record) {
        if (record.value() == null) {
            return;
        }
        try {
            var action = ActionReader.read(record.value());
            var partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
            if (policy.digest().isZero()) {
                add(partition, record, action);
            } else {
                addToDigest(partition, record, action);
            }
        } catch (DeliveryException e) {
            bury(record, e);
        }
        counts.waiting(waiting.size());
    }

    private void add(TopicPartition partition, SinkRecord record, Action action) {
        long now = nanoTime.getAsLong();
        // Not the record's key alone, which a transformation may have dropped.
        var delivery = new Delivery(List.of(partition, action.getRecord()), partition, Execution.of(retries), now, now);
        delivery.add(record, action);
        waiting.add(delivery);
    }

    /** By the time of the actions, so that a digest that is sent again after a crash has the same actions in it. */
    private void addToDigest(TopicPartition partition, SinkRecord record, Action action) {
        long length = policy.digest().toMillis();
        long window = Math.floorDiv(action.getCreatedAt().toEpochMilli(), length);
        var key = List.of(partition, window);
        var digest = digests.get(key);
        if (digest == null || digest.actions().size() >= MOST_OF_A_DIGEST || !waiting.contains(digest)) {
            long now = nanoTime.getAsLong();
            long end = (window + 1) * length + GRACE.toMillis();
            // A clock that is wrong must not keep it for long.
            long wait = Math.max(0, Math.min(end - clock.millis(), length + GRACE.toMillis()));
            digest = new Delivery(
                    key,
                    partition,
                    Execution.of(retries),
                    now,
                    now + Duration.ofMillis(wait).toNanos());
            digests.put(key, digest);
            waiting.add(digest);
        }
        digest.add(record, action);
    }

    /**
     * Tries what may be tried now.
     *
     * @return when to come again, at least 1 ms
     */
    Duration work() throws InterruptedException {
        long end = nanoTime.getAsLong() + BUDGET.toNanos();
        long next = TargetGate.LONGEST_PAUSE.toNanos();
        long enough = counts.finished() + COMMITTED_TOGETHER;
        var held = new HashSet<Object>();
        for (var delivery : List.copyOf(waiting)) {
            long now = nanoTime.getAsLong();
            if (now - end >= 0 || counts.finished() >= enough) {
                return MOMENT;
            }
            if (held.contains(delivery.key()) || isGivenUp(delivery, now) || isTooOld(delivery)) {
                continue;
            }
            long wait = delivery.due() - now;
            if (wait <= 0) {
                var pause = gate.pause(now);
                if (pause.compareTo(Duration.ZERO) > 0) {
                    return earlier(pause, next);
                }
                if (attempt(delivery)) {
                    continue;
                }
                wait = Math.max(delivery.due(), gate.due()) - nanoTime.getAsLong();
            }
            held.add(delivery.key());
            next = Math.min(next, wait);
        }
        return earlier(TargetGate.LONGEST_PAUSE, next);
    }

    private static Duration earlier(Duration one, long otherNanos) {
        long nanos = Math.min(one.toNanos(), otherNanos);
        return nanos < MOMENT.toNanos() ? MOMENT : Duration.ofNanos(nanos);
    }

    /** Whether the delivery is over, one way or the other. */
    private boolean attempt(Delivery delivery) throws InterruptedException {
        boolean wasClosed = gate.isCircuitClosed();
        try {
            target.deliver(List.copyOf(delivery.actions()));
            gate.succeeded();
            counts.delivered(delivery.actions().size());
            done(delivery);
            return true;
        } catch (DeliveryException e) {
            return switch (e.kind()) {
                case REFUSED -> refused(delivery, e);
                case FAILED -> failed(delivery, e, wasClosed);
                case UNAVAILABLE -> unavailable(e);
            };
        } catch (RuntimeException e) {
            // A fault of this program: it must not stop what else there is to do.
            log.error("{}: an attempt ended with an error of the program", name, e);
            return failed(delivery, DeliveryException.failed("error of the program: " + e, e), wasClosed);
        }
    }

    private boolean refused(Delivery delivery, DeliveryException e) {
        gate.succeeded();
        done(delivery);
        if (delivery.records().size() == 1) {
            bury(delivery.records().get(0), e);
        } else {
            log.warn(
                    "{}: a digest of {} is refused, each is tried by itself: {}",
                    name,
                    delivery.records().size(),
                    e.getMessage());
            for (int i = 0; i < delivery.records().size(); i++) {
                add(
                        delivery.partition(),
                        delivery.records().get(i),
                        delivery.actions().get(i));
            }
        }
        return true;
    }

    private boolean failed(Delivery delivery, DeliveryException e, boolean wasClosed) {
        gate.failed(e);
        if (wasClosed && gate.isCircuitClosed()) {
            delivery.attempts().recordException(e);
        }
        if (delivery.attempts().isComplete()) {
            bury(delivery, e, "failed " + policy.attempts() + " times");
            return true;
        }
        var pause = gate.isCircuitClosed() ? delivery.attempts().getDelay() : policy.circuitPause();
        log.warn(
                "{}: action {} failed, next attempt in {} ms: {}",
                name,
                ids(delivery),
                pause.toMillis(),
                e.getMessage());
        delivery.due(nanoTime.getAsLong() + pause.toNanos());
        return false;
    }

    private boolean unavailable(DeliveryException e) {
        var pause = gate.unavailable(e);
        log.warn(
                "{}: unavailable, next attempt in {} ms, {} actions wait: {}",
                name,
                pause.toMillis(),
                waiting.size(),
                e.getMessage());
        return false;
    }

    private boolean isGivenUp(Delivery delivery, long now) {
        var failure = gate.failure();
        if (failure.isEmpty() || now - delivery.since() < policy.giveUpAfter().toNanos()) {
            return false;
        }
        bury(
                delivery,
                failure.get(),
                "not delivered within " + policy.giveUpAfter().toSeconds() + " s");
        return true;
    }

    private boolean isTooOld(Delivery delivery) {
        if (policy.maxAge().isZero()) {
            return false;
        }
        var createdAt = delivery.actions().get(0).getCreatedAt();
        boolean isTooOld = createdAt.plus(policy.maxAge()).isBefore(clock.instant());
        if (isTooOld) {
            done(delivery);
            var why = "decided at " + createdAt + ", older than " + DeliverySettings.MAX_AGE_MS + " allows";
            delivery.records()
                    .forEach(record -> bury(
                            record,
                            DeliveryException.refused(why, gate.failure().orElse(null))));
        }
        return isTooOld;
    }

    private void bury(Delivery delivery, DeliveryException e, String why) {
        done(delivery);
        delivery.records().forEach(record -> bury(record, DeliveryException.refused(why + ": " + e.getMessage(), e)));
    }

    private void bury(SinkRecord record, DeliveryException e) {
        counts.buried();
        log.warn(
                "{}: record {}-{}@{} goes to the dead letters: {}",
                name,
                record.originalTopic(),
                record.originalKafkaPartition(),
                record.originalKafkaOffset(),
                e.getMessage());
        deadLetters.accept(record, e);
    }

    private void done(Delivery delivery) {
        waiting.remove(delivery);
        digests.remove(delivery.key(), delivery);
        counts.waiting(waiting.size());
    }

    private static String ids(Delivery delivery) {
        var first = delivery.actions().get(0).getId();
        return delivery.actions().size() == 1
                ? first
                : first + " and " + (delivery.actions().size() - 1) + " more";
    }

    /**
     * Up to where all is done.
     *
     * @param taken up to where records were taken, by partition
     */
    Map<TopicPartition, OffsetAndMetadata> done(Map<TopicPartition, OffsetAndMetadata> taken) {
        var done = new HashMap<>(taken);
        for (var delivery : waiting) {
            for (var record : delivery.records()) {
                done.computeIfPresent(
                        delivery.partition(),
                        (partition, offset) -> offset.offset() <= record.originalKafkaOffset()
                                ? offset
                                : new OffsetAndMetadata(record.originalKafkaOffset()));
            }
        }
        return done;
    }

    /** Another task has the partitions now, and what was not delivered of them. */
    void drop(Collection<TopicPartition> partitions) {
        waiting.removeIf(delivery -> partitions.contains(delivery.partition()));
        digests.values().removeIf(delivery -> partitions.contains(delivery.partition()));
        counts.waiting(waiting.size());
    }

    @Override
    public void close() {
        target.close();
    }
}
