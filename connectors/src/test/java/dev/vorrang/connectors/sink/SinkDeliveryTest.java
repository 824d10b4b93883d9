package dev.vorrang.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.schemas.Action;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SinkDeliveryTest {

    private static final TopicPartition PARTITION = new TopicPartition(TestActions.TOPIC, 0);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final DeliveryPolicy POLICY = new DeliveryPolicy(
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofDays(1),
            Duration.ZERO,
            5,
            Duration.ofMillis(5),
            0,
            Duration.ZERO);

    private final ScriptedTarget target = new ScriptedTarget();
    private final List<String> letters = new ArrayList<>();
    /** Added to the time that passes by itself. */
    private final AtomicLong ahead = new AtomicLong();

    private SinkDelivery delivery(DeliveryPolicy policy) {
        return new SinkDelivery(
                "sink",
                target,
                policy,
                (record, error) -> letters.add(record.originalKafkaOffset() + " " + error.getMessage()),
                CLOCK,
                () -> System.nanoTime() + ahead.get());
    }

    private static void add(SinkDelivery delivery, Action... actions) {
        for (var action : actions) {
            delivery.add(TestActions.record(action, 0, action.getPosition().getOffset()));
        }
    }

    private static long committed(SinkDelivery delivery) {
        return delivery.done(Map.of(PARTITION, new OffsetAndMetadata(1_000)))
                .get(PARTITION)
                .offset();
    }

    private static void workUntil(SinkDelivery delivery, java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    delivery.work();
                    return condition.call();
                });
    }

    @Test
    void shouldDeliverAllAndCommitNothingBefore() throws InterruptedException {
        var delivery = delivery(POLICY);
        add(delivery, TestActions.action(1), TestActions.action(2));
        assertThat(committed(delivery)).isEqualTo(1);

        delivery.work();

        assertThat(target.delivered).containsExactly("1", "2");
        assertThat(committed(delivery)).isEqualTo(1_000);
    }

    @Test
    void shouldWaitForAnUnavailableTargetAndLoseNothing() {
        var delivery = delivery(POLICY);
        target.fault = action -> DeliveryException.unavailable("down", Optional.empty());
        IntStream.rangeClosed(1, 20).forEach(i -> add(delivery, TestActions.action(i)));
        workUntil(delivery, () -> delivery.counts().isCircuitOpen() && target.attempts > 50);
        assertThat(letters).isEmpty();
        assertThat(committed(delivery)).isEqualTo(1);

        target.fault = action -> null;
        workUntil(delivery, () -> target.delivered.size() == 20);
        assertThat(target.delivered)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList());
        assertThat(delivery.counts().isCircuitOpen()).isFalse();
    }

    @Test
    void shouldBuryAnActionThatFailsTooOftenWhileOthersPass() {
        var delivery = delivery(POLICY);
        target.fault = action -> number(action) == 2 ? DeliveryException.failed("500", null) : null;
        add(delivery, TestActions.action(1), TestActions.action(2), TestActions.action(3));

        workUntil(delivery, () -> committed(delivery) == 1_000);

        assertThat(target.delivered).containsExactly("1", "3");
        assertThat(letters).containsExactly("2 failed 3 times: 500");
    }

    @Test
    void shouldBuryNothingWhileEveryActionFails() {
        var delivery = delivery(POLICY);
        target.fault = action -> DeliveryException.failed("500", null);
        IntStream.rangeClosed(1, 10).forEach(i -> add(delivery, TestActions.action(i)));

        workUntil(delivery, () -> target.attempts > 60);

        assertThat(letters).isEmpty();
        assertThat(delivery.counts().isCircuitOpen()).isTrue();
        target.fault = action -> null;
        workUntil(delivery, () -> target.delivered.size() == 10);
    }

    @Test
    void shouldBuryARefusedActionAtOnce() throws InterruptedException {
        var delivery = delivery(POLICY);
        target.fault = action -> number(action) == 1 ? DeliveryException.refused("400", null) : null;
        add(delivery, TestActions.action(1), TestActions.action(2));

        delivery.work();

        assertThat(target.delivered).containsExactly("2");
        assertThat(letters).containsExactly("1 400");
    }

    @Test
    void shouldKeepTheOrderOfAKeyAlone() {
        var delivery = delivery(POLICY);
        var first = TestActions.builder(1).build();
        var second = TestActions.builder(2).setRecord(first.getRecord()).build();
        target.fault =
                action -> number(action) == 1 && target.attempts < 4 ? DeliveryException.failed("500", null) : null;
        add(delivery, first, second, TestActions.action(3));

        workUntil(delivery, () -> committed(delivery) == 1_000);

        assertThat(target.delivered).containsExactly("3", "1", "2");
    }

    @Test
    void shouldGiveUpWhenTheTargetIsUnavailableForTooLong() {
        var delivery = delivery(POLICY);
        target.fault = action -> DeliveryException.unavailable("down", Optional.empty());
        add(delivery, TestActions.action(1));
        workUntil(delivery, () -> target.attempts > 2);
        ahead.addAndGet(Duration.ofDays(1).toNanos());

        workUntil(delivery, () -> !letters.isEmpty());

        assertThat(letters).containsExactly("1 not delivered within 86400 s: down");
        assertThat(committed(delivery)).isEqualTo(1_000);
    }

    @Test
    void shouldWaitAsLongAsTheTargetAsks() throws InterruptedException {
        var delivery = delivery(POLICY);
        target.fault = action -> DeliveryException.unavailable("429", Optional.of(Duration.ofSeconds(90)));
        add(delivery, TestActions.action(1));

        assertThat(delivery.work()).isPositive();
        assertThat(delivery.work()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
        assertThat(target.attempts).isEqualTo(1);

        target.fault = action -> null;
        ahead.addAndGet(Duration.ofSeconds(90).toNanos());
        delivery.work();
        assertThat(target.delivered).containsExactly("1");
    }

    @Test
    void shouldKeepToTheRateLimit() throws InterruptedException {
        var delivery = delivery(new DeliveryPolicy(
                3,
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofDays(1),
                Duration.ZERO,
                5,
                Duration.ofMillis(5),
                1,
                Duration.ZERO));
        add(delivery, TestActions.action(1), TestActions.action(2));

        assertThat(delivery.work()).isEqualTo(Duration.ofMinutes(1));

        assertThat(target.delivered).containsExactly("1");
    }

    @Test
    void shouldDeliverADigestOfATimeAndTryItsPartsAloneIfItIsRefused() throws InterruptedException {
        var delivery = delivery(POLICY.withDigest(Duration.ofHours(1)));
        target.fault = action -> number(action) == 2 ? DeliveryException.refused("400", null) : null;
        var later = TestActions.builder(4).setCreatedAt(CLOCK.instant()).build();
        add(delivery, TestActions.action(1), TestActions.action(2), TestActions.action(3), later);

        delivery.work();
        delivery.work();

        assertThat(target.delivered).containsExactly("1", "3");
        assertThat(letters).containsExactly("2 400");
        assertThat(committed(delivery)).isEqualTo(4);
        ahead.addAndGet(Duration.ofHours(2).toNanos());
        delivery.work();
        assertThat(target.delivered).containsExactly("1", "3", "4");
    }

    @Test
    void shouldBuryWhatIsNoActionAndPassOverWhatIsEmpty() throws InterruptedException {
        var delivery = delivery(POLICY);
        var right = TestActions.record(TestActions.action(1), 0, 1);
        delivery.add(right.newRecord(TestActions.TOPIC, 0, null, "key", null, "text", 0L));
        delivery.add(right.newRecord(TestActions.TOPIC, 0, null, "key", null, null, 0L));

        delivery.work();

        assertThat(letters).singleElement().asString().contains("the value is a String, allowed: an action");
    }

    @Test
    void shouldForgetWhatAnotherTaskHasNow() throws InterruptedException {
        var delivery = delivery(POLICY);
        add(delivery, TestActions.action(1));
        delivery.drop(List.of(PARTITION));
        delivery.work();
        assertThat(target.delivered).isEmpty();
    }

    private static long number(Action action) {
        return action.getPosition().getOffset();
    }

    /** Remembers what it got; fails as the test says. */
    private static final class ScriptedTarget implements Target {

        private final List<String> delivered = new ArrayList<>();
        private java.util.function.Function<Action, DeliveryException> fault = action -> null;
        private int attempts;

        @Override
        public void deliver(List<Action> actions) throws DeliveryException {
            attempts++;
            for (var action : actions) {
                var failure = fault.apply(action);
                if (failure != null) {
                    throw failure;
                }
            }
            actions.forEach(action -> delivered.add(Long.toString(number(action))));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
