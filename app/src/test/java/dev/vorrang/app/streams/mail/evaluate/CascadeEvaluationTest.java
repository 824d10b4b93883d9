package dev.vorrang.app.streams.mail.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.training.mail.MailRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CascadeEvaluationTest {

    /** The text is the small model's probability of outage. All are outages, and the large model knows. */
    private static final List<MailRow> ROWS = List.of(row("0.95"), row("0.55"), row("0.35"), row("0.15"));

    @Test
    void shouldMeasureEachThresholdBesideTheModelsAlone() {
        var evaluation = new CascadeEvaluation(ROWS, List.of("topic"), PrioritySettings.defaults());
        List<MailText> texts = ROWS.stream().map(MailRow::text).toList();
        evaluation.addSmall(
                texts,
                texts.stream().map(text -> topic(Float.parseFloat(text.body()))).toList());
        evaluation.addLarge(texts, texts.stream().map(text -> topic(1)).toList());

        Table table = evaluation.table(0.4, 4);

        assertThat(table.header()).containsExactly("rule", "sent", "topic", "ms a mail");
        // Of two topics the answer has .95, .55, .65 and .85.
        assertThat(figures(table, "small alone")).containsExactly(0.0, 0.5, 100.0);
        assertThat(figures(table, "unsure below 0.6")).containsExactly(0.25, 0.5, 350.0);
        assertThat(figures(table, "unsure below 0.7")).containsExactly(0.5, 0.75, 600.0);
        assertThat(figures(table, "unsure below 0.9")).containsExactly(0.75, 1.0, 850.0);
        assertThat(figures(table, "large for all")).containsExactly(1.0, 1.0, 1_100.0);
    }

    @Test
    void shouldJudgeTheOrderWhereTheUrgencyIsKnown() {
        List<MailRow> rows = List.of(urgent("a", "now"), urgent("b", "none"));
        var evaluation = new CascadeEvaluation(rows, List.of("urgency"), PrioritySettings.defaults());
        List<MailText> texts = rows.stream().map(MailRow::text).toList();
        evaluation.addSmall(texts, List.of(urgency(0.4f), urgency(0.45f)));
        evaluation.addLarge(texts, List.of(urgency(0.99f), urgency(0.01f)));

        Table table = evaluation.table(1, 1);

        int auc = table.header().indexOf("AUC");
        assertThat(value(table, "small alone", auc)).isZero();
        assertThat(value(table, "thresholds of the card", auc)).isEqualTo(1);
        assertThat(value(table, "large for all", table.header().indexOf("now URGENT")))
                .isEqualTo(1);
        assertThat(value(table, "large for all", table.header().indexOf("cost")))
                .isCloseTo(45 / 2.0, within(1e-9));
    }

    private static double value(Table table, String line, int column) {
        return line(table, line).get(column).value();
    }

    private static List<Double> figures(Table table, String name) {
        return line(table, name).stream().skip(1).map(Cell::value).toList();
    }

    private static List<Cell> line(Table table, String name) {
        return table.rows().stream()
                .filter(line -> line.get(0).text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static MailRow row(String text) {
        return new MailRow(new MailText("", text), 0, Map.of("topic", "outage"));
    }

    private static MailRow urgent(String text, String urgency) {
        return new MailRow(new MailText("", text), 0, Map.of("urgency", urgency, "stake", "operation"));
    }

    private static MailPrediction topic(float outage) {
        var head = new Head(
                List.of("outage", "praise"),
                new float[] {outage, 1 - outage},
                outage >= 0.5f ? 0 : 1,
                Math.max(outage, 1 - outage) < 0.6f,
                List.of());
        return new MailPrediction(Optional.of(head), Optional.empty(), Optional.empty());
    }

    private static MailPrediction urgency(float now) {
        var head = new Head(List.of("none", "now"), new float[] {1 - now, now}, now > 0.5f ? 1 : 0, false, List.of());
        return new MailPrediction(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(head), Optional.empty());
    }
}
