package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.engine.batch.TimeLimits;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InferenceWatchdogTest {

    private static final TimeLimits LIMITS = new TimeLimits(Duration.ofSeconds(4), Duration.ofSeconds(60));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> hung = new ArrayList<>();
    private long nanos;
    private final InferenceWatchdog watch = new InferenceWatchdog(
            LIMITS,
            new ScoringMetrics(meters, "mail"),
            hung::add,
            Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC),
            () -> nanos);

    @Test
    void shouldSayNothingOfACallInTime() {
        String score = watch.watch(this::what, () -> {
            pass(Duration.ofSeconds(4));
            assertThat(watch.longestAge()).isEqualTo(Duration.ofSeconds(4));
            assertThat(watch.problem()).isEmpty();
            return "score";
        });

        assertThat(score).isEqualTo("score");
        assertThat(watch.longestAge()).isZero();
        assertThat(slowCalls()).isZero();
    }

    @Test
    void shouldTellWhileItRunsWhatTakesLongAndSinceWhen() {
        watch.watch(this::what, () -> {
            pass(Duration.ofSeconds(5));
            assertThat(watch.problem())
                    .hasValue("scoring 3 mails has not ended since 2026-03-01T08:00:00Z; 4000 ms are allowed");
            assertThat(slowCalls()).isEqualTo(1);
            pass(Duration.ofSeconds(20));
            return "";
        });

        assertThat(watch.problem()).isEmpty();
        assertThat(slowCalls()).as("each call once").isEqualTo(1);
        assertThat(hung).isEmpty();
    }

    @Test
    void shouldCountACallThatEndedBeforeAnyoneLooked() {
        watch.watch(this::what, () -> nanos = Duration.ofSeconds(5).toNanos());

        assertThat(slowCalls()).isEqualTo(1);
    }

    @Test
    void shouldTellOnceThatACallIsHung() {
        watch.watch(this::what, () -> {
            pass(Duration.ofSeconds(60));
            assertThat(hung).isEmpty();
            pass(Duration.ofSeconds(1));
            pass(Duration.ofSeconds(100));
            return "";
        });

        assertThat(hung)
                .containsExactly(
                        "scoring 3 mails has taken 61000 ms so far, since 2026-03-01T08:00:00Z, and is taken for"
                                + " one that never returns; 60000 ms are allowed");
    }

    @Test
    void shouldTellOfTheCallThatRunsLongest() {
        watch.watch(() -> "the first", () -> {
            pass(Duration.ofSeconds(3));
            return watch.watch(() -> "the second", () -> {
                pass(Duration.ofSeconds(2));
                assertThat(watch.problem())
                        .hasValueSatisfying(problem -> assertThat(problem).startsWith("the first has not ended"));
                return "";
            });
        });
    }

    @Test
    void shouldForgetACallThatFails() {
        assertThatThrownBy(() -> watch.watch(this::what, () -> {
                    throw new IllegalStateException("device lost");
                }))
                .hasMessage("device lost");

        assertThat(watch.longestAge()).isZero();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        watch.examine();
    }

    private String what() {
        return "scoring 3 mails";
    }

    private double slowCalls() {
        return meters.get("vorrang.slow.calls").counter().count();
    }
}
