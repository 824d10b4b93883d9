package dev.vorrang.app.streams.mail.terminal;

import static dev.vorrang.app.streams.mail.terminal.Scores.NOW;
import static dev.vorrang.app.streams.mail.terminal.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Priority;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScoreBoardTest {

    private final ScoreBoard board = new ScoreBoard();

    @Test
    void shouldPutTheMostPressingFirst() {
        add(score("low", Priority.LOW, 0.10));
        add(score("urgent", Priority.URGENT, 0.80));
        add(score("high", Priority.HIGH, 0.60));
        add(score("more-urgent", Priority.URGENT, 0.95));

        assertThat(board.snapshot(NOW).rows())
                .extracting(MailScore::getId)
                .containsExactly("more-urgent", "urgent", "high", "low");
    }

    @Test
    void shouldCountAMailOnceThoughItComesTwice() {
        add(score("same", Priority.LOW, 0.10));
        add(score("same", Priority.LOW, 0.10));

        var snapshot = board.snapshot(NOW);
        assertThat(snapshot.scored()).isEqualTo(1);
        assertThat(snapshot.counts()).containsEntry(Priority.LOW, 1L);
    }

    @Test
    void shouldTellPercentilesByNearestRank() {
        for (int i = 1; i <= 100; i++) {
            board.add(score("mail-" + i, Priority.LOW, 0.10), Duration.ofMillis(i), NOW);
        }

        var snapshot = board.snapshot(NOW);
        assertThat(snapshot.p50()).contains(Duration.ofMillis(50));
        assertThat(snapshot.p99()).contains(Duration.ofMillis(99));
    }

    @Test
    void shouldTellTheRateOfTheLastFiveSeconds() {
        add(score("first", Priority.LOW, 0.10));
        add(score("second", Priority.LOW, 0.10));

        assertThat(board.snapshot(NOW.plusSeconds(4)).perSecond()).isEqualTo(0.4);
        assertThat(board.snapshot(NOW.plusSeconds(6)).perSecond()).isZero();
    }

    @Test
    void shouldForgetTheLeastPressingWhenItIsFull() {
        for (int i = 0; i < 600; i++) {
            add(score("mail-" + i, Priority.LOW, 0.10));
        }
        add(score("urgent", Priority.URGENT, 0.95));
        for (int i = 600; i < 1_200; i++) {
            add(score("mail-" + i, Priority.LOW, 0.10));
        }

        var snapshot = board.snapshot(NOW);
        assertThat(snapshot.scored()).isEqualTo(1_201);
        assertThat(snapshot.rows())
                .hasSize(500)
                .first()
                .extracting(MailScore::getId)
                .isEqualTo("urgent");
    }

    private void add(MailScore score) {
        board.add(score, Duration.ofMillis(40), NOW);
    }
}
