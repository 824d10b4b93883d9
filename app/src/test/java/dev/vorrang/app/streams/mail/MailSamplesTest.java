package dev.vorrang.app.streams.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.EmailMessage;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailSamplesTest {

    private static final int COUNT = 500;

    @Test
    void shouldMakeMailsThatDiffer() {
        assertThat(texts(1)).hasSize(COUNT);
        assertThat(texts(1).stream().distinct().count()).isGreaterThan(COUNT * 9 / 10);
        assertThat(MailSamples.of(COUNT, 1, Clock.systemUTC()).stream()
                        .map(EmailMessage::getThread)
                        .distinct()
                        .count())
                .isBetween((long) COUNT / 6, (long) COUNT / 2);
    }

    @Test
    void shouldMakeTheSameMailsOfTheSameSeed() {
        assertThat(texts(1)).isEqualTo(texts(1)).isNotEqualTo(texts(2));
    }

    private static List<String> texts(long seed) {
        return MailSamples.of(COUNT, seed, Clock.systemUTC()).stream()
                .map(EmailMessage::getText)
                .toList();
    }
}
