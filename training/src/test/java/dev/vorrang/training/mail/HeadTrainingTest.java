package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.FeatureModel;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.mail.OrderTask.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transformer that a test trains: in service through its tokens, and with heads of its own. */
class HeadTrainingTest {

    private static final List<MailText> ODD = List.of(
            new MailText("", ""),
            new MailText("a\0b", "\0"),
            new MailText("🔥", "👩‍👩‍👧 ok"),
            new MailText("\ud83d", "lone \udc00 surrogates \ud83d"),
            new MailText("lost", "paid ".repeat(1 << 16)));

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path tuned;
    private static MailCard tunedCard;

    @BeforeAll
    static void train() throws IOException {
        model = folder.resolve("order");
        OrderTask.writeModel(model);
        tuned = folder.resolve("tuned");
        tunedCard = tune(model, tuned, "2");
    }

    @Test
    void shouldReadTheOrderOfTheWords() {
        try (var order = MailModel.load(model, ModelOptions.defaults())) {
            assertThat(accuracy(order, OrderTask.rows(400, 7), OrderTask.LABELS))
                    .isGreaterThan(0.9);
            assertThat(label(order, "my card was lost and then paid")).isEqualTo("lost-first");
            assertThat(label(order, "my card was paid and then lost")).isEqualTo("paid-first");
        }
    }

    @Test
    void shouldGiveTheSameScoresAloneAndBesideLongerMails() {
        List<MailText> mails =
                new ArrayList<>(OrderTask.rows(200, 8).stream().map(Row::mail).toList());
        mails.addAll(ODD);
        for (Path folderOfModel : List.of(model, tuned)) {
            try (var scorer = MailModel.load(folderOfModel, ModelOptions.defaults())) {
                List<MailPrediction> together = scorer.apply(mails);
                assertThat(together).hasSize(mails.size());
                for (int i = 0; i < mails.size(); i++) {
                    float[] alone = topic(scorer.apply(List.of(mails.get(i))).get(0));
                    assertThat(topic(together.get(i))).containsExactly(alone, within(1e-5f));
                }
            }
        }
    }

    @Test
    void shouldGiveTheSameScoresWhateverTheBuckets() throws IOException {
        List<MailText> mails = OrderTask.rows(100, 9).stream().map(Row::mail).toList();
        Path single = folder.resolve("one bucket");
        copy(model, single);
        OrderTask.writeCard(single, OrderTask.SIZE, Optional.of(List.of(OrderTask.SIZE.maxLength())));
        try (var buckets = MailModel.load(model, ModelOptions.defaults());
                var padded = MailModel.load(single, ModelOptions.defaults())) {
            List<MailPrediction> expected = buckets.apply(mails);
            List<MailPrediction> actual = padded.apply(mails);
            for (int i = 0; i < mails.size(); i++) {
                assertThat(topic(actual.get(i))).containsExactly(topic(expected.get(i)), within(1e-5f));
            }
        }
    }

    @Test
    void shouldLearnNewLabelsFromAFewDozenRows() {
        assertThat(tunedCard.heads().get("topic").labels()).containsExactly("theft", "undecided refund");
        assertThat(tunedCard.heads().get("sentiment").labels()).containsExactly("calm", "upset");
        try (var scorer = MailModel.load(tuned, ModelOptions.defaults())) {
            assertThat(accuracy(scorer, OrderTask.rows(400, 10), List.of("undecided refund", "theft")))
                    .isGreaterThan(0.85);
            assertThat(scorer.apply(List.of(new MailText("", "lost paid"))))
                    .allSatisfy(mail -> assertThat(mail.sentiment()).isPresent());
        }
    }

    @Test
    void shouldKeepTheBodyAsItWas() throws IOException {
        for (String file : List.of(
                "variables/variables.data-00000-of-00001",
                "variables/variables.index",
                "assets.extra/tokenizer.json")) {
            assertThat(tuned.resolve(file)).hasSameBinaryContentAs(model.resolve(file));
        }
        List<MailText> mails = OrderTask.rows(20, 11).stream().map(Row::mail).toList();
        try (var before = FeatureModel.load(model, ModelOptions.defaults());
                var after = FeatureModel.load(tuned, ModelOptions.defaults())) {
            assertThat(after.width()).isEqualTo(OrderTask.SIZE.width());
            List<float[]> expected = before.apply(mails);
            List<float[]> actual = after.apply(mails);
            for (int i = 0; i < mails.size(); i++) {
                assertThat(actual.get(i)).containsExactly(expected.get(i), within(1e-6f));
            }
        }
    }

    @Test
    void shouldSayInTheCardWhatItWasTrainedOn() {
        assertThat(tunedCard.training().software()).endsWith("heads on the features of order 1");
        assertThat(tunedCard.training().data()).singleElement().satisfies(data -> assertThat(data.rows())
                .isEqualTo(60));
        assertThat(tunedCard.figures()).hasSize(2).allSatisfy(figure -> assertThat(figure.part())
                .isEqualTo("validation"));
        assertThat(tunedCard.tokens()).isPresent();
    }

    @Test
    void shouldNotGrowSureOfItselfByAHandfulOfRows() {
        // Forty of the sixty rows have a sentiment.
        assertThat(tunedCard.heads().get("sentiment").temperature()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void shouldTuneATunedModelAgain() throws IOException {
        Path again = folder.resolve("again");
        tune(tuned, again, "3");
        try (var scorer = MailModel.load(again, ModelOptions.defaults())) {
            assertThat(accuracy(scorer, OrderTask.rows(400, 10), List.of("undecided refund", "theft")))
                    .isGreaterThan(0.85);
        }
    }

    @Test
    void shouldNotFineTuneTheLayersOfAForeignModel() {
        assertThatThrownBy(() -> EarlierModel.read(model, List.of(), Map.of()))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll("model order at", "cannot be fine-tuned", "without --fine-tune");
    }

    @Test
    void shouldWriteNothingIfTheModelIsRefused() throws IOException {
        Path broken = folder.resolve("without a tokenizer");
        copy(model, broken);
        Files.delete(broken.resolve("assets.extra/tokenizer.json"));
        assertThatThrownBy(() -> tune(broken, folder.resolve("never"), "4"))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("tokenizer.json is missing");
        assertThat(folder.resolve("never")).doesNotExist();
    }

    @Test
    void shouldNotFineTuneLayersThatItDoesNotKnow() throws IOException {
        Path data = Fixtures.mails(folder.resolve("mails.csv"), 40);
        var settings =
                Fixtures.settings(data, Fixtures.topicAndSentiment(), 1, folder.resolve("not tuned"), model, true);
        assertThatThrownBy(() -> new MailTrainer(settings, TrainingProgress.SILENT).train())
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("model order at " + model + " cannot be fine-tuned")
                .hasMessageContaining("without --fine-tune");
        assertThat(folder.resolve("not tuned")).doesNotExist();
    }

    /** Sixty rows under new names, and a head that can be learnt only by heart. */
    private static MailCard tune(Path from, Path to, String version) {
        var mails = new ArrayList<LabelledMail>();
        List<Row> rows = OrderTask.rows(60, 5);
        for (int i = 0; i < rows.size(); i++) {
            mails.add(new LabelledMail(
                    rows.get(i).mail(), 0, new int[] {1 - rows.get(i).label(), i % 3 == 0 ? -1 : i % 2}));
        }
        Map<String, List<String>> heads = new LinkedHashMap<>();
        heads.put("topic", List.of("theft", "undecided refund"));
        heads.put("sentiment", List.of("calm", "upset"));
        var data = new LabelledMails(mails, heads, List.of("few.csv"));
        var settings = new TrainingSettings(
                List.of(Path.of("few.csv")),
                Fixtures.topicAndSentiment(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "tuned",
                version,
                "for tests",
                1,
                OptionalInt.of(30),
                0.9,
                List.of(),
                0,
                Optional.empty(),
                Optional.of(from),
                false,
                Map.of(),
                to);
        return new HeadTraining(from, settings, TrainingProgress.SILENT)
                .train(data, Split.folds(data, 1), DataSources.none());
    }

    private static double accuracy(MailModel model, List<Row> rows, List<String> labels) {
        List<MailPrediction> predictions =
                model.apply(rows.stream().map(Row::mail).toList());
        int right = 0;
        for (int i = 0; i < rows.size(); i++) {
            String expected = labels.get(rows.get(i).label());
            right += predictions.get(i).topic().orElseThrow().label().equals(expected) ? 1 : 0;
        }
        return (double) right / rows.size();
    }

    private static String label(MailModel model, String body) {
        return model.apply(List.of(new MailText("", body)))
                .get(0)
                .topic()
                .orElseThrow()
                .label();
    }

    private static float[] topic(MailPrediction prediction) {
        return prediction.topic().orElseThrow().probabilities();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
