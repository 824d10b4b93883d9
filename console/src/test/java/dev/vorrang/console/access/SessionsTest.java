package dev.vorrang.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final User ANNA = new User("anna", Role.AGENT, User.Source.FILE);

    private final TestClock clock = new TestClock();
    private final Sessions sessions =
            new Sessions(new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 2, 3), clock);

    @Test
    void shouldEndASessionThatIsNotUsed() {
        String secret = sessions.begin(ANNA).secret();
        clock.add(Duration.ofMinutes(29));
        assertThat(sessions.use(secret)).isPresent();
        clock.add(Duration.ofMinutes(29));
        assertThat(sessions.use(secret)).isPresent();
        clock.add(Duration.ofMinutes(30));
        assertThat(sessions.use(secret)).isEmpty();
    }

    @Test
    void shouldEndASessionAfterItsLongestTimeThoughItIsUsed() {
        String secret = sessions.begin(ANNA).secret();
        for (int i = 0; i < 35; i++) {
            clock.add(Duration.ofMinutes(20));
            assertThat(sessions.use(secret)).isPresent();
        }
        clock.add(Duration.ofMinutes(20));
        assertThat(sessions.use(secret)).isEmpty();
    }

    @Test
    void shouldGiveSecretsOf256RandomBitsAndKeepTheirHashes() {
        var first = sessions.begin(ANNA);
        var second = sessions.begin(ANNA);
        assertThat(Base64.getUrlDecoder().decode(first.secret())).hasSize(32);
        assertThat(first.secret()).isNotEqualTo(second.secret());
        assertThat(first.session().toString()).doesNotContain(first.secret());
        assertThat(first.session().key()).isEqualTo(Secrets.hash(first.secret()));
        assertThat(sessions.use(first.session().key()))
                .as("the hash is no secret")
                .isEmpty();
    }

    @Test
    void shouldEndSessionsWhenTheClockJumps() {
        String secret = sessions.begin(ANNA).secret();
        clock.add(Duration.ofDays(-400));
        assertThat(sessions.use(secret)).isEmpty();
    }

    @Test
    void shouldEndTheOldestSessionOfAUserWithTooMany() {
        String first = sessions.begin(ANNA).secret();
        String second = sessions.begin(ANNA).secret();
        String third = sessions.begin(ANNA).secret();
        assertThat(sessions.use(first)).isEmpty();
        assertThat(sessions.use(second)).isPresent();
        assertThat(sessions.use(third)).isPresent();
    }

    @Test
    void shouldTellOfEachEndOnce() {
        var ended = new ArrayList<Session>();
        sessions.onEnd(ended::add);
        var begun = sessions.begin(ANNA);
        sessions.end(begun.session());
        sessions.end(begun.session());
        sessions.begin(ANNA);
        clock.add(Duration.ofHours(1));
        sessions.sweep();
        sessions.sweep();
        assertThat(ended).hasSize(2);
        assertThat(begun.toString()).doesNotContain(begun.secret());
    }
}
