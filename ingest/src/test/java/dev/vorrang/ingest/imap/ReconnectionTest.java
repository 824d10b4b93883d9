package dev.vorrang.ingest.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.connection.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ReconnectionTest {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private long now;

    private Reconnection reconnection(RandomGenerator random) {
        return new Reconnection(new Backoff(LONGEST, random), () -> now);
    }

    /** The shortest waits that there can be, and connections that hold for a moment or are never made. */
    @Property(tries = 200)
    void shouldLogInAtMostTenTimesInFiveMinutesWhenConnectionsDoNotHold(
            @ForAll @LongRange(min = 0, max = 59_999) long held, @ForAll boolean isOpened) {
        RandomGenerator shortest = () -> 0;
        var connections = reconnection(shortest);
        int logins = 0;
        while (now < LONGEST.toNanos()) {
            logins++;
            if (isOpened) {
                connections.opened();
            }
            now += Duration.ofMillis(held).toNanos();
            now += connections.lost().toNanos();
        }
        assertThat(logins).isLessThanOrEqualTo(10);
    }

    @Test
    void shouldBeginAnewOnlyAfterAConnectionThatHeld() {
        var connections = reconnection(() -> 0);
        for (int i = 0; i < 4; i++) {
            connections.opened();
            assertThat(connections.lost()).isEqualTo(Duration.ofMillis(500L << i));
        }
        assertThat(connections.failures()).isEqualTo(4);
        connections.opened();
        now += Reconnection.SOUND.toNanos();
        assertThat(connections.lost()).isEqualTo(Duration.ofMillis(500));
        assertThat(connections.failures()).isEqualTo(1);
    }

    @Test
    void shouldWaitLongestAfterARefusal() {
        assertThat(reconnection(() -> 0).refused()).isEqualTo(LONGEST);
    }
}
