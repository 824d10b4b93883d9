package dev.vorrang.app.streams.mail.terminal;

import static dev.vorrang.app.streams.mail.terminal.Scores.NOW;
import static dev.vorrang.app.streams.mail.terminal.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.WordEffect;
import java.time.Duration;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTableTest {

    private final ScoreBoard board = new ScoreBoard();
    private final ScoreTable table = new ScoreTable("Title", true, "broker 127.0.0.1:9092");

    @ParameterizedTest
    @CsvSource({"200,50", "120,40", "95,24", "60,12", "40,8", "20,5", "1,1", "0,0"})
    void shouldFitEveryTerminal(int width, int height) {
        for (int i = 0; i < 60; i++) {
            add("mail-" + i, "Kühlung ausgefallen 温度が上がっています 🔥🔥 " + "x".repeat(200));
        }

        var lines = draw(width, height);

        assertThat(lines).hasSizeLessThanOrEqualTo(height);
        assertThat(lines).allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(width));
    }

    @Test
    void shouldShowWhatMattersOfAMail() {
        board.add(
                score("one", Priority.URGENT, 0.97, "NOTFALL", "ward@clinic.example", "topic emergency", "VIP sender"),
                Duration.ofMillis(41),
                NOW);

        assertThat(text(draw(160, 20)))
                .contains("URGENT 0.97", "outage", "negative", "ward@clinic.example", "NOTFALL")
                .contains("topic emergency, VIP sender")
                .contains("1 scored: 1 urgent, 0 high, 0 normal, 0 low", "latency p50 41 ms, p99 41 ms")
                .contains("broker 127.0.0.1:9092");
    }

    @Test
    void shouldNameTheWordsThatSpokeForAnAnswer() {
        var score = score("one", Priority.URGENT, 0.97, "subject", "a@b.example", "topic outage +0.9");
        var words = List.of(word("rauch", 3), word("bitte", -2), word("ausgefallen", 1));
        board.add(explained(score, words, List.of(word("leider", 0.5f))), Duration.ZERO, NOW);

        assertThat(text(draw(240, 20)))
                .contains("\"rauch\", \"ausgefallen\" → outage, topic outage +0.9, \"leider\" → negative")
                .doesNotContain("bitte");
    }

    @Test
    void shouldSayNothingOfWordsWhereNoneSpokeForAnAnswer() {
        var score = score("one", Priority.LOW, 0.1, "subject", "a@b.example", "topic outage +0.1");
        board.add(explained(score, List.of(word("bitte", -2)), List.of()), Duration.ZERO, NOW);

        assertThat(text(draw(240, 20))).contains("topic outage +0.1").doesNotContain("→");
    }

    @Test
    void shouldSayHowManyItLeavesOut() {
        for (int i = 0; i < 30; i++) {
            add("mail-" + i, "subject");
        }

        var lines = text(draw(120, 16));

        // 16 lines: title, gap, header, 9 rows, this one, gap, figures, footer.
        assertThat(lines).contains("… and 21 less pressing");
        assertThat(lines.lines().filter(line -> line.contains("URGENT"))).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2Jgone",
                "\u001b]0;title\u0007",
                "\u009b31mred",
                "line\r\nfeed",
                "\u202eright to left",
                "\u2066isolated\u2069",
                "tab\tand\u000bmore",
                "\ud800 half a pair",
                "\u2028separator"
            })
    void shouldNotLetMailTextSteerTheTerminal(String evil) {
        var score = score("one", Priority.LOW, 0.1, evil, evil, evil);
        var words = List.of(word(evil + "\" → urgent", 1));
        board.add(explained(score, List.of(word(evil, 1)), words), Duration.ZERO, NOW);

        assertThat(text(draw(400, 20))).contains("' → urgent\" → negative");
        for (var line : draw(400, 20)) {
            assertThat(line.toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");
        }
    }

    @Test
    void shouldUseNoColourWhereNoneIsWanted() {
        add("one", "subject");

        var lines = new ScoreTable("Title", false, "footer").draw(board.snapshot(NOW), 120, 20);

        assertThat(lines)
                .allSatisfy(line -> assertThat(line.toAnsi()).doesNotContainPattern("\\u001b\\[[0-9;]*[34]\\d"));
        assertThat(draw(120, 20))
                .anySatisfy(line -> assertThat(line.toAnsi()).containsPattern("\\u001b\\[[0-9;]*[34]\\d"));
    }

    private void add(String id, String subject) {
        board.add(
                score(id, Priority.URGENT, 0.9, subject, id + "@customer.example", "topic"), Duration.ofMillis(5), NOW);
    }

    private static MailScore explained(MailScore score, List<WordEffect> topic, List<WordEffect> sentiment) {
        return MailScore.newBuilder(score)
                .setTopicWords(topic)
                .setSentimentWords(sentiment)
                .build();
    }

    private static WordEffect word(String word, float effect) {
        return new WordEffect(word, effect);
    }

    private List<AttributedString> draw(int width, int height) {
        return table.draw(board.snapshot(NOW), width, height);
    }

    private static String text(List<AttributedString> lines) {
        return String.join("\n", lines.stream().map(AttributedString::toString).toList());
    }
}
