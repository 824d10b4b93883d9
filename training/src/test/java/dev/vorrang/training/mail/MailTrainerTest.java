package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From CSV to a model in service, with TensorFlow and all. */
class MailTrainerTest {

    private static final MailText PRINTER = new MailText("About toner", "The scanner and the paper is awful");
    private static final MailText INVOICE = new MailText("Refund", "The Rechnung and the payment is wonderful");

    private static final Branch OF_ALL = Branch.ofAll(List.of("topic", "sentiment"));
    private static final Branch SENTIMENT = Branch.ownOf("sentiment");

    private static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");

    @TempDir
    private static Path folder;

    private static MailCard card;

    @BeforeAll
    static void train() throws IOException {
        Path data = Fixtures.mails(folder.resolve("mails.csv"), 300);
        card = train(data, 1, "model");
    }

    @Test
    void shouldLearnTopicAndSentiment() {
        try (var model = load("model")) {
            List<MailPrediction> predictions = model.apply(List.of(PRINTER, INVOICE));
            assertThat(predictions)
                    .extracting(mail -> mail.topic().orElseThrow().label())
                    .containsExactly("printers", "invoices");
            assertThat(predictions)
                    .extracting(mail -> mail.sentiment().orElseThrow().label())
                    .containsExactly("negative", "positive");
            assertThat(predictions)
                    .allSatisfy(mail -> assertThat(mail.priority()).isEmpty());
        }
    }

    @Test
    void shouldDescribeTheModelInItsCard() {
        assertThat(card.heads().get("topic").labels()).containsExactly("invoices", "printers");
        assertThat(card.heads().get("sentiment").labels()).containsExactly("negative", "neutral", "positive");
        assertThat(card.figures()).hasSize(2).allSatisfy(figure -> {
            assertThat(figure.part()).isEqualTo("validation");
            // A small set is checked on as a whole, by five networks that each left out a fifth.
            assertThat(figure.rows()).isEqualTo(300);
            assertThat(figure.accuracy()).isGreaterThan(0.9);
        });
        assertThat(card.training().data()).singleElement().satisfies(data -> {
            assertThat(data.rows()).isEqualTo(300);
            assertThat(data.licence()).isEqualTo("not stated");
        });
        assertThat(card.files()).containsKeys("saved_model.pb", "variables/variables.index");
    }

    @Test
    void shouldGiveTheSameScoresAfterAReload() {
        var scores = new ArrayList<float[]>();
        for (int i = 0; i < 2; i++) {
            try (var model = load("model")) {
                scores.add(model.apply(List.of(PRINTER))
                        .get(0)
                        .topic()
                        .orElseThrow()
                        .probabilities());
            }
        }
        assertThat(scores.get(0)).isEqualTo(scores.get(1));
    }

    @Test
    void shouldScoreAMailAloneAsInABatch() {
        var batch = new ArrayList<MailText>();
        for (int i = 0; i < 256; i++) {
            batch.add(new MailText("Subject " + i, "invoice ".repeat(i % 7) + "printer ".repeat(i % 5) + i));
        }
        try (var model = load("model")) {
            List<MailPrediction> together = model.apply(batch);
            for (int i = 0; i < batch.size(); i++) {
                float[] alone = model.apply(List.of(batch.get(i)))
                        .get(0)
                        .topic()
                        .orElseThrow()
                        .probabilities();
                assertThat(together.get(i).topic().orElseThrow().probabilities())
                        .containsExactly(alone, within(1e-5f));
            }
        }
    }

    @Test
    void shouldScoreAnyText() {
        var odd = List.of(
                new MailText("", ""),
                new MailText("\0", "a\0b"),
                new MailText("🔥🔥", "👩‍👩‍👧 😀"),
                new MailText("\ud83d", "lone \udc00 surrogates"),
                new MailText("", "b ".repeat(1 << 19)),
                new MailText("x".repeat(1 << 20), " \t\n\u00a0\u2028"));
        try (var model = load("model")) {
            assertThat(model.apply(odd)).hasSize(odd.size());
            // A batch without a single feature is an edge of its own.
            assertThat(model.apply(List.of(new MailText("", "")))).hasSize(1);
        }
    }

    @Test
    void shouldReadOnBehindANul() {
        var mails = List.of(PRINTER, new MailText("\0" + PRINTER.subject(), "\0" + PRINTER.body()));
        try (var model = load("model")) {
            assertThat(model.apply(mails))
                    .extracting(mail -> mail.topic().orElseThrow().confidence())
                    .satisfies(both -> assertThat(both.get(1)).isEqualTo(both.get(0), within(1e-6f)));
        }
    }

    @Test
    void shouldGiveTheSameWeightsForTheSameSeedOnly() throws IOException {
        Path data = Fixtures.mails(folder.resolve("few.csv"), 80);
        String first = weights(train(data, 7, "first"));
        for (int repeat = 0; repeat < 3; repeat++) {
            assertThat(weights(train(data, 7, "repeat " + repeat))).isEqualTo(first);
        }
        assertThat(weights(train(data, 8, "third"))).isNotEqualTo(first);
    }

    @Test
    void shouldNotCountRowsWithoutALabelForThatHead() throws IOException {
        Path data = folder.resolve("partly.csv");
        var csv = new StringBuilder(Files.readString(Fixtures.mails(data, 200)));
        csv.append("About nothing,A mail without labels,,\n".repeat(50));
        csv.append("About paper,A mail without sentiment,printers,\n".repeat(2));
        MailCard partly = train(Files.writeString(data, csv), 1, "partly");
        assertThat(partly.training().data().get(0).rows()).isEqualTo(202);
        assertThat(partly.heads().get("sentiment").labels()).hasSize(3);
    }

    @Test
    void shouldSayInTheCardHowItWasTrained() throws IOException {
        assertThat(card.training().software()).startsWith("TensorFlow ").doesNotContain("fine-tuned");
        assertThat(card.training().seed()).isEqualTo(1);
        assertThat(card.training().epochs()).isEqualTo(8);
        assertThat(card.heads().values())
                .allSatisfy(head -> assertThat(head.temperature()).isPositive());
        assertThat(ServingModelTest.size(folder.resolve("model"))).isLessThan(8_000_000);
    }

    @Test
    void shouldChooseHowOftenToLearnUnlessTold() throws IOException {
        Path data = Fixtures.mails(folder.resolve("untold.csv"), 60);
        var told = Fixtures.settings(data, Fixtures.topicAndSentiment(), 1, folder.resolve("untold"));
        var settings = withoutEpochs(told);
        var losses = new TreeMap<Integer, Double>();
        var progress = new TrainingProgress() {
            @Override
            public void started(int trainingRows, int validationRows, long steps) {}

            @Override
            public void learned(int rows) {}

            @Override
            public void epochEnded(int epoch, double trainingLoss, double validationLoss) {
                losses.put(epoch, validationLoss);
            }
        };
        MailCard chosen = new MailTrainer(settings, progress).train();
        double blind = chosen.heads().values().stream()
                .mapToDouble(head -> Math.log(head.labels().size()))
                .sum();
        assertThat(chosen.training().epochs()).isEqualTo(Lesson.bestPasses(losses, blind));
    }

    @Test
    void shouldFineTuneAModelToNewLabels() throws IOException {
        EarlierModel earlier = earlier("model").get(OF_ALL);
        assertThat(earlier.shape())
                .isEqualTo(new NetworkShape(new NetworkShape.Table(4_093, 48), new NetworkShape.Table(4_093, 48)));
        Path data = folder.resolve("renamed.csv");
        Files.writeString(data, Files.readString(Fixtures.mails(data, 40)).replace(",invoices,", ",money,"));
        var settings = fineTuned(Fixtures.settings(data, Fixtures.topicAndSentiment(), 1, folder.resolve("tuned")));
        MailCard tuned = new MailTrainer(settings, TrainingProgress.SILENT).train();
        assertThat(tuned.training().software()).endsWith(", fine-tuned from fixture 1");
        assertThat(tuned.heads().get("topic").labels()).containsExactly("money", "printers");
        try (var model = load("tuned")) {
            assertThat(model.apply(List.of(PRINTER, INVOICE)))
                    .extracting(mail -> mail.topic().orElseThrow().label())
                    .containsExactly("printers", "money");
        }
    }

    /** Rows that tell of the topic alone, and the topics of the others, change nothing of what a head learns in its own layers. */
    @Test
    void shouldLearnInLayersOfItsOwnWhateverOthersLearn() throws IOException {
        Path moods = Fixtures.mails(folder.resolve("moods.csv"), 40);
        Path others = folder.resolve("others.csv");
        Files.writeString(others, Files.readString(moods).replace(",printers,", ",devices,"));
        Path topics = folder.resolve("topics.csv");
        Files.writeString(
                topics,
                Files.readString(Fixtures.mails(topics, 60))
                        .replaceAll(",(negative|neutral|positive)", ",")
                        .replace("The ", "Our "));
        trainOwn(List.of(moods), "own");
        trainOwn(List.of(others, topics), "own-among-others");

        EarlierModel alone = earlier("own").get(SENTIMENT);
        EarlierModel among = earlier("own-among-others").get(SENTIMENT);
        assertThat(among.weights().values().keySet())
                .isEqualTo(alone.weights().values().keySet());
        alone.weights()
                .values()
                .forEach((name, values) ->
                        assertThat(among.weights().values().get(name)).as(name).containsExactly(values));
        assertThat(earlier("model")).containsOnlyKeys(OF_ALL);
    }

    @Test
    void shouldGoOnWhereAHeadOfItsOwnLayersStood() throws IOException {
        Path data = Fixtures.mails(folder.resolve("few-moods.csv"), 40);
        trainOwn(List.of(data), "first-own");
        var settings = Fixtures.settings(data, Fixtures.topicAndSentiment(), 1, folder.resolve("tuned-own"));
        MailCard tuned = new MailTrainer(
                        changed(
                                settings,
                                settings.data(),
                                settings.epochs(),
                                Optional.of(folder.resolve("first-own")),
                                Map.of("sentiment", 0)),
                        TrainingProgress.SILENT)
                .train();
        assertThat(tuned.training().software()).endsWith(", fine-tuned from fixture 1");
        EarlierModel first = earlier("first-own").get(SENTIMENT);
        assertThat(earlier("tuned-own")).containsOnlyKeys(OF_ALL, SENTIMENT);
        assertThat(earlier("tuned-own").get(SENTIMENT).shape()).isEqualTo(first.shape());
        assertThat(first.first(Map.of("sentiment", SENTIMENTS.size()), 1)).isEqualTo(first.weights());
        assertThat(earlier("first-own", List.of("bad", "fair", "good"))).containsOnlyKeys(OF_ALL);
    }

    private static void trainOwn(List<Path> data, String name) {
        var settings = Fixtures.settings(data.get(0), Fixtures.topicAndSentiment(), 1, folder.resolve(name));
        new MailTrainer(
                        changed(settings, data, settings.epochs(), Optional.empty(), Map.of("sentiment", 0)),
                        TrainingProgress.SILENT)
                .train();
    }

    private static Map<Branch, EarlierModel> earlier(String name) {
        return earlier(name, SENTIMENTS);
    }

    private static Map<Branch, EarlierModel> earlier(String name, List<String> sentiments) {
        return EarlierModel.read(folder.resolve(name), List.of(OF_ALL, SENTIMENT), Map.of("sentiment", sentiments));
    }

    private static TrainingSettings withoutEpochs(TrainingSettings settings) {
        return changed(settings, settings.data(), OptionalInt.empty(), Optional.empty(), Map.of());
    }

    private static TrainingSettings fineTuned(TrainingSettings settings) {
        return changed(settings, settings.data(), settings.epochs(), Optional.of(folder.resolve("model")), Map.of());
    }

    private static TrainingSettings changed(
            TrainingSettings settings,
            List<Path> data,
            OptionalInt epochs,
            Optional<Path> from,
            Map<String, Integer> own) {
        return new TrainingSettings(
                data,
                settings.columns(),
                settings.corrections(),
                settings.mapping(),
                settings.sources(),
                settings.name(),
                settings.version(),
                settings.description(),
                settings.seed(),
                epochs,
                settings.precision(),
                settings.languages(),
                settings.variants(),
                settings.outOfScope(),
                from,
                from.isPresent(),
                own,
                settings.out());
    }

    @Test
    void shouldNotWriteOverAModel() {
        assertThatThrownBy(() -> train(folder.resolve("mails.csv"), 1, "model"))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("is not empty");
    }

    /** The graph is the same too, but TensorFlow writes its attributes in no fixed order. */
    private static String weights(MailCard card) {
        return card.files().get("variables/variables.data-00000-of-00001");
    }

    private static MailCard train(Path data, long seed, String name) {
        var settings = Fixtures.settings(data, Fixtures.topicAndSentiment(), seed, folder.resolve(name));
        return new MailTrainer(settings, TrainingProgress.SILENT).train();
    }

    private static MailModel load(String name) {
        return MailModel.load(folder.resolve(name), ModelOptions.defaults());
    }
}
