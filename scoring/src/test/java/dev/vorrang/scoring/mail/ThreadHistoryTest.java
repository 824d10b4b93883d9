package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class ThreadHistoryTest {

    private static final Duration WINDOW = Duration.ofMillis(1_000);

    @Property(tries = 200)
    void shouldGiveAMailTheSameAnswerWhenItComesAgain(
            @ForAll @Size(max = 60) List<@IntRange(max = 5_000) Integer> times) {
        var history = ThreadHistory.EMPTY;
        var answers = new int[times.size()];
        for (int i = 0; i < times.size(); i++) {
            history = history.with(new ThreadHistory.Mail("mail " + i, "message " + i, times.get(i)), i);
            answers[i] = history.repeats("mail " + i, WINDOW);
        }
        for (int i = 0; i < times.size(); i++) {
            var again = history.with(new ThreadHistory.Mail("mail " + i, "message " + i, times.get(i)), 99);
            assertThat(again).isSameAs(history);
            assertThat(again.repeats("mail " + i, WINDOW)).isEqualTo(answers[i]);
        }
    }

    @Property(tries = 200)
    void shouldSurviveItsChangelog(@ForAll long touchedAt, @ForAll @Size(max = 20) List<String> ids) {
        var history = new ThreadHistory(
                touchedAt,
                ids.stream()
                        .map(id -> new ThreadHistory.Mail(valid(id), valid(id), id.hashCode()))
                        .toList());

        var serde = ThreadHistory.serde();
        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", history)))
                .isEqualTo(history);
    }

    @Test
    void shouldHoldNoMoreThanItsMost() {
        var history = ThreadHistory.EMPTY;
        for (int i = 0; i < 3 * ThreadHistory.MAX_MAILS; i++) {
            history = history.with(new ThreadHistory.Mail("mail " + i, "message " + i, 0), 0);
        }

        assertThat(history.mails()).hasSize(ThreadHistory.MAX_MAILS);
        assertThat(history.repeats("mail " + (3 * ThreadHistory.MAX_MAILS - 1), WINDOW))
                .isEqualTo(ThreadHistory.MAX_MAILS - 1);
    }

    @Test
    void shouldCountCopiesOfOneMailOnce() {
        var history = ThreadHistory.EMPTY
                .with(new ThreadHistory.Mail("to support", "m1", 0), 0)
                .with(new ThreadHistory.Mail("to billing", "m1", 10), 10)
                .with(new ThreadHistory.Mail("second mail", "m2", 20), 20);

        assertThat(history.repeats("to support", WINDOW)).isZero();
        assertThat(history.repeats("to billing", WINDOW)).isZero();
        assertThat(history.repeats("second mail", WINDOW)).isEqualTo(1);
    }

    @Test
    void shouldReadTheFormatWithoutMessageIds() {
        var bytes = ByteBuffer.allocate(64).put((byte) 1).putLong(7).putShort((short) 1);
        bytes.putInt(4).put("mail".getBytes(StandardCharsets.UTF_8)).putLong(5);

        assertThat(ThreadHistory.serde()
                        .deserializer()
                        .deserialize("t", Arrays.copyOf(bytes.array(), bytes.position())))
                .isEqualTo(new ThreadHistory(7, List.of(new ThreadHistory.Mail("mail", "mail", 5))));
    }

    @Test
    void shouldRefuseBytesItDidNotWrite() {
        var deserializer = ThreadHistory.serde().deserializer();

        assertThatThrownBy(() -> deserializer.deserialize("t", new byte[] {9}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("format 9");
        assertThatThrownBy(() -> deserializer.deserialize("t", new byte[] {1, 0}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("cut short");
    }

    /** Lone surrogates are no text. */
    private static String valid(String id) {
        return id.codePoints()
                .filter(c -> !Character.isSurrogate((char) c) || c > 0xffff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
