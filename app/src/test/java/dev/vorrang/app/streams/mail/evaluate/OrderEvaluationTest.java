package dev.vorrang.app.streams.mail.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.training.mail.MailRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrderEvaluationTest {

    private static final List<String> URGENCIES = List.of("none", "now");
    private static final List<String> STAKES = List.of("life", "nothing");

    /** The text is the probability of now. */
    private static final List<MailRow> ROWS = List.of(
            row("0.95", "now", "en"), row("0.01", "now", "de"), row("0.5", "none", "de"), row("0", "none", "en"));

    private final PrioritySettings settings = PrioritySettings.defaults();

    @Test
    void shouldJudgeTheOrder() {
        Map<String, Double> figures =
                evaluation().measures().stream().collect(Collectors.toMap(Measure::key, Measure::value));

        assertThat(figures)
                .containsEntry("order.now", 2.0)
                .containsEntry("order.auc", 0.75)
                .containsEntry("order.urgent", 0.5)
                .containsEntry("order.high", 0.5)
                .containsEntry("order.falseUrgent", 0.5);
        // The first, and the one that is harmless, are looked at as URGENT; the second waits, and as LOW.
        assertThat(figures.get("order.cost")).isCloseTo((45 + 150 + 45) / 4.0, within(1e-9));
        assertThat(figures.get("order.leastCost")).isCloseTo((45 + 45) / 4.0, within(1e-9));
    }

    @Test
    void shouldNameMissedEmergenciesAndFiguresOfGroups() {
        Map<String, List<List<Cell>>> tables = evaluation().part().outcome().tables().stream()
                .collect(Collectors.toMap(Outcome.Table::title, Outcome.Table::rows));

        assertThat(tables.get("Missed emergencies")).singleElement().satisfies(line -> {
            assertThat(line.get(1).text()).isEqualTo("LOW");
            assertThat(line.get(3).text()).contains("0.01");
        });
        assertThat(tables.get("By language"))
                .extracting(line -> line.get(0).text())
                .containsExactly("de", "en");
        assertThat(tables.get("By language").get(0).get(3).value()).isZero();
        assertThat(tables.get("Calibration of now").get(9).get(3).value()).isEqualTo(1);
    }

    private OrderEvaluation evaluation() {
        var answers = new OrderAnswers(PriorityPolicy.of(settings), ROWS.size());
        answers.add(
                0,
                ROWS.stream().map(MailRow::text).toList(),
                ROWS.stream()
                        .map(row -> predict(Float.parseFloat(row.text().body())))
                        .toList());
        return new OrderEvaluation(ROWS, answers, settings, List.of("language"));
    }

    private static MailPrediction predict(float now) {
        return new MailPrediction(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Head(URGENCIES, new float[] {1 - now, now}, now > 0.5f ? 1 : 0, false, List.of())),
                Optional.of(new Head(STAKES, new float[] {1, 0}, 0, false, List.of())));
    }

    private static MailRow row(String text, String urgency, String language) {
        return new MailRow(
                new MailText("", text),
                0,
                Map.of("urgency", urgency, "stake", urgency.equals("now") ? "life" : "nothing", "language", language));
    }
}
