package dev.vorrang.app.streams.mail.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.app.evaluate.Report;
import dev.vorrang.app.evaluate.Report.Fact;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.mail.MailRow;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures worked out by hand, from a model that says what the subject tells it to. */
class MailEvaluationTest {

    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final double THRESHOLD = 0.5;
    private static final MailAnswers.Predicted NONE = (first, mails, said) -> {};

    /** Truth and told, with the probability of the latter; a truth that no model knows is z. */
    private static final List<MailRow> ROWS = List.of(
            row("a", "a 0.9", 0),
            row("a", "a 0.4", 0),
            row("a", "b 0.7", 0),
            row("b", "b 0.8", 1),
            row("b", "b 0.7", 1),
            row("z", "a 0.6", 1),
            new MailRow(new MailText("c 0.9", ""), 1, Map.of("sentiment", "c")));

    private final List<Integer> batches = new ArrayList<>();

    @Test
    void shouldMeasureAHead() throws IOException {
        JsonNode figures = json(Optional.empty()).at("/topic/figures");

        assertThat(figures.get("rows").asInt()).isEqualTo(6);
        assertThat(figures.get("unknownLabelRows").asInt()).isEqualTo(1);
        assertThat(figures.get("accuracy").asDouble()).isEqualTo(4 / 6.0);
        // F1: a 2*2/(3+3), b 2*2/(2+3), z 0; c does not occur.
        assertThat(figures.get("macroF1").asDouble()).isCloseTo((4 / 6.0 + 4 / 5.0 + 0) / 3, within(1e-9));
        assertThat(figures.get("macroRecall").asDouble()).isCloseTo((2 / 3.0 + 1 + 0) / 3, within(1e-9));
        assertThat(figures.get("threshold").asDouble()).isEqualTo(THRESHOLD);
        assertThat(figures.get("coverage").asDouble()).isEqualTo(5 / 6.0);
        assertThat(figures.get("answeredAccuracy").asDouble()).isEqualTo(3 / 5.0);
        // Fifteenths: .9 and .4 and .8 are right and .6 is wrong, each alone in its bin; the two of .7 share one.
        assertThat(figures.get("expectedCalibrationError").asDouble())
                .isCloseTo((.1 + .6 + .2 + .6 + .4) / 6, within(1e-6));
        double bins = Math.sqrt(.09) + 2 * Math.sqrt(.24) + Math.sqrt(.16) + Math.sqrt(2 * .21);
        assertThat(figures.get("calibrationErrorByChance").asDouble())
                .isCloseTo(Math.sqrt(2 / Math.PI) * bins / 6, within(1e-6));
    }

    @Test
    void shouldMeasureEachFileAlone() throws IOException {
        JsonNode files = json(Optional.empty()).at("/topic/files");

        assertThat(files.at("/one.csv/mails").asInt()).isEqualTo(3);
        assertThat(files.at("/one.csv/accuracy").asDouble()).isEqualTo(2 / 3.0);
        // Of a alone, for b is told there and does not occur.
        assertThat(files.at("/one.csv/macro-F1").asDouble()).isEqualTo(4 / 5.0);
        assertThat(files.at("/two.csv/recall").asDouble()).isEqualTo((1 + 0) / 2.0);
    }

    @Test
    void shouldCountConfusions() throws IOException {
        JsonNode topic = json(Optional.empty()).get("topic");

        assertThat(topic.at("/confusion/a/b").asInt()).isEqualTo(1);
        assertThat(topic.at("/confusion/z/a").asInt()).isEqualTo(1);
        assertThat(topic.at("/confusions/z → a/share").asDouble()).isEqualTo(1);
        assertThat(topic.at("/unknownLabels/z/mails").asInt()).isEqualTo(1);
        assertThat(topic.at("/labels/b/precision").asDouble()).isEqualTo(2 / 3.0);
        assertThat(topic.at("/coverages/50 %/accuracy").asDouble()).isEqualTo(3 / 4.0);
    }

    @Test
    void shouldMeasureWhatIsCaughtOfMailsOutOfScope() throws IOException {
        var strangers = List.of(new MailText("a 0.45", ""), new MailText("c 0.75", ""), new MailText("b 0.35", ""));

        JsonNode figures = json(Optional.of(strangers)).get("figures");

        assertThat(figures.get("outOfScope.mails").asInt()).isEqualTo(3);
        assertThat(figures.get("outOfScope.caught").asDouble()).isEqualTo(2 / 3.0);
        // Five mails are of known topics.
        assertThat(figures.get("outOfScope.lost").asDouble()).isEqualTo(1 / 5.0);
        assertThat(figures.get("outOfScope.caughtAt5Percent").asDouble()).isEqualTo(1 / 3.0);
        // .9 and .8 beat all three, .7 twice two, .4 one.
        assertThat(figures.get("outOfScope.auroc").asDouble()).isCloseTo((3 + 3 + 2 + 2 + 1) / 15.0, within(1e-9));
    }

    @Test
    void shouldTimeTheCallsOfTheModelAlone() throws IOException {
        var rows = IntStream.range(0, 600).mapToObj(i -> row("a", "a 0.9", 0)).toList();
        var clock = new AtomicLong();
        var answers = MailAnswers.of(
                this::predict, List.of("topic"), texts(rows), () -> clock.getAndAdd(250_000_000), NONE, mails -> {});

        assertThat(batches).containsExactly(256, 256, 256, 88);
        assertThat(answers.seconds()).isEqualTo(3 * 0.25);
        assertThat(answers.characters()).isEqualTo(600 * 5);
    }

    @Test
    void shouldListTheWorstMistakesFirst() throws IOException {
        var page = new StringWriter();
        report(ROWS, Optional.empty()).writePage(page);

        assertThat(page.toString().split("Worst mistakes")[1])
                .contains("b 0.7")
                .doesNotContain("a 0.6")
                .doesNotContain("a 0.9");
    }

    @Test
    void shouldDrawManyLabelsRatherThanListThem() throws IOException {
        var labels = IntStream.range(0, 21).mapToObj(i -> "label" + i).toList();
        var rows = labels.stream().map(label -> row(label, "label0 0.9", 0)).toList();
        var evaluation = new MailEvaluation(card(labels), Map.of("topic", "column"), List.of("one.csv"), rows);
        var report = evaluation.report(
                "Title", List.of(), answers(rows, labels), Optional.empty(), Optional.empty(), Optional.empty());

        var page = new StringWriter();
        report.writePage(page);

        assertThat(page.toString())
                .contains("in the same order: the diagonal is")
                .doesNotContain("true \\ told");
    }

    @Test
    void shouldSayWhichLabelsTheModelDoesNotKnow() {
        assertThat(evaluation(ROWS).unknownLabels())
                .extracting(Fact::text)
                .containsExactly(
                        "1 of 6 mails have one of 1 that the model does not know, and are counted as wrong: z (1)");
        assertThat(evaluation(ROWS.subList(0, 5)).unknownLabels()).isEmpty();
    }

    @Test
    void shouldRefuseLabelsOfWhichTheModelKnowsNone() {
        List<MailRow> rows = List.of(row("x", "a 0.9", 0), row("y", "a 0.9", 0));

        assertThatThrownBy(() -> evaluation(rows))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll("'column' for the topic has the labels x, y", "it knows a, b, c", "--mapping");
    }

    @Test
    void shouldRefuseAColumnThatHoldsNoLabels() {
        var rows = new ArrayList<>(List.of(row("a", "a 0.9", 0)));
        IntStream.range(0, 1001).forEach(i -> rows.add(row("text " + i, "a 0.9", 0)));

        assertThatThrownBy(() -> evaluation(rows))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll("1001 labels", "allowed are 1000");
        assertThatThrownBy(() -> evaluation(ROWS.subList(6, 7)))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("no row has a label there");
    }

    private JsonNode json(Optional<List<MailText>> strangers) throws IOException {
        var text = new StringWriter();
        report(ROWS, strangers).writeJson(text);
        return new ObjectMapper().readTree(text.toString());
    }

    private Report report(List<MailRow> rows, Optional<List<MailText>> strangers) {
        return evaluation(rows)
                .report(
                        "Title",
                        List.of(),
                        answers(rows, LABELS),
                        strangers.map(mails -> MailAnswers.of(
                                this::predict, List.of("topic"), mails, System::nanoTime, NONE, count -> {})),
                        Optional.empty(),
                        Optional.empty());
    }

    private MailEvaluation evaluation(List<MailRow> rows) {
        return new MailEvaluation(card(LABELS), Map.of("topic", "column"), List.of("one.csv", "two.csv"), rows);
    }

    private MailAnswers answers(List<MailRow> rows, List<String> labels) {
        return MailAnswers.of(
                mails -> predict(mails, labels), List.of("topic"), texts(rows), System::nanoTime, NONE, mails -> {});
    }

    private List<MailPrediction> predict(List<MailText> mails) {
        return predict(mails, LABELS);
    }

    private List<MailPrediction> predict(List<MailText> mails, List<String> labels) {
        batches.add(mails.size());
        return mails.stream()
                .map(mail -> {
                    String[] said = mail.subject().split(" ");
                    var probabilities = new float[labels.size()];
                    int told = labels.indexOf(said[0]);
                    probabilities[told] = Float.parseFloat(said[1]);
                    boolean abstained = probabilities[told] < THRESHOLD;
                    var head = new MailPrediction.Head(labels, probabilities, told, abstained, List.of());
                    return new MailPrediction(Optional.of(head), Optional.empty(), Optional.empty());
                })
                .toList();
    }

    private static MailRow row(String topic, String subject, int file) {
        return new MailRow(new MailText(subject, ""), file, Map.of("topic", topic));
    }

    private static List<MailText> texts(List<MailRow> rows) {
        return rows.stream().map(MailRow::text).toList();
    }

    private static MailCard card(List<String> labels) {
        return new MailCard(
                "model",
                "1",
                MailCard.MAIL_TASK,
                "",
                new ModelCard.Signature(List.of(), List.of()),
                Map.of("topic", new MailCard.Head(labels, 1, THRESHOLD)),
                new MailCard.Limits(1, 1),
                new ModelCard.Training("none", 1, 1, List.of()),
                List.of(),
                Map.of());
    }
}
