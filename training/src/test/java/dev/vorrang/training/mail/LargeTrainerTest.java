package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.FeatureModel;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.bert.BertArchive;
import dev.vorrang.training.bert.RandomBert;
import dev.vorrang.training.bert.TensorFile;
import dev.vorrang.training.mail.LargeTrainingSettings.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter for a small base of random weights, and the model that is made of both. */
class LargeTrainerTest {

    private static final List<String> WORDS = List.of(
            "About",
            "The",
            "and",
            "the",
            "number",
            "is",
            ",",
            "printer",
            "toner",
            "paper",
            "cartridge",
            "scanner",
            "invoice",
            "payment",
            "refund",
            "Rechnung",
            "Überweisung",
            "awful",
            "normal",
            "wonderful");

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void writeBase() throws IOException {
        jar = folder.resolve("base.jar");
        RandomBert.write(jar, WORDS, 3);
    }

    @Test
    void shouldMakeAModelThatAnswersRight() throws IOException {
        AdapterCard adapter = train(jar, "adapter");
        assertThat(adapter.heads()).containsOnlyKeys("topic", "sentiment");
        assertThat(adapter.base().bytes()).isEqualTo(Files.size(jar));
        assertThat(adapter.figures())
                .allSatisfy(figure -> assertThat(figure.accuracy()).isGreaterThan(0.8));

        Path model = folder.resolve("model");
        MailCard card = write(jar, model);
        assertThat(card.name()).isEqualTo("large");
        assertThat(card.languages()).contains(List.of("de", "en"));
        try (MailModel loaded = MailModel.load(model, ModelOptions.defaults())) {
            List<MailPrediction> predictions = loaded.apply(List.of(
                    new MailText("About printer", "The toner and the paper, number 3, is wonderful"),
                    new MailText("About Rechnung", "The refund and the invoice, number 4, is awful")));
            assertThat(label(predictions.get(0).topic())).isEqualTo("printers");
            assertThat(label(predictions.get(0).sentiment())).isEqualTo("positive");
            assertThat(label(predictions.get(1).topic())).isEqualTo("invoices");
            assertThat(label(predictions.get(1).sentiment())).isEqualTo("negative");
        }
        try (FeatureModel features = FeatureModel.load(model, ModelOptions.defaults())) {
            assertThat(features.width()).isEqualTo(64);
        }
    }

    /** The adapter is merged into the weights: the figures in its card must be those of the model. */
    @Test
    void shouldMergeWhatWasLearnt() throws IOException {
        train(jar, "adapter");
        Path weights = folder.resolve("adapter").resolve(AdapterCard.WEIGHTS);
        Map<String, TensorFile.Values> learnt = TensorFile.read(weights);
        assertThat(learnt.keySet()).anyMatch(name -> name.startsWith("encoder/layer_1/output/dense"));
        assertThat(learnt.keySet()).noneMatch(name -> name.startsWith("encoder/layer_0"));
        Path model = folder.resolve("model");
        MailCard card = write(jar, model);
        Path data = folder.resolve("mails.csv");
        var columns = Fixtures.topicAndSentiment();
        List<MailRow> rows = MailRow.read(List.of(data), columns, List.of(), Optional.empty(), notice -> {});
        try (MailModel loaded = MailModel.load(model, ModelOptions.defaults())) {
            List<MailPrediction> predictions =
                    loaded.apply(rows.stream().map(MailRow::text).toList());
            long right = 0;
            for (int row = 0; row < rows.size(); row++) {
                right += label(predictions.get(row).topic())
                                .equals(rows.get(row).labels().get("topic"))
                        ? 1
                        : 0;
            }
            assertThat((double) right / rows.size()).isGreaterThan(0.9);
            assertThat(card.heads().get("topic").labels()).containsExactly("invoices", "printers");
        }
    }

    @Test
    void shouldGoOnFromAnEarlierAdapter() throws IOException {
        train(jar, "earlier");
        AdapterCard anew = train(jar, "anew", Optional.empty(), 1);
        AdapterCard further = train(jar, "further", Optional.of(folder.resolve("earlier")), 1);
        assertThat(accuracy(further)).isGreaterThan(accuracy(anew));
    }

    private static double accuracy(AdapterCard card) {
        return card.figures().stream().mapToDouble(MailCard.Figure::accuracy).sum();
    }

    @Test
    void shouldRefuseAnAdapterThatWasChanged() throws IOException {
        train(jar, "adapter");
        Path weights = folder.resolve("adapter").resolve(AdapterCard.WEIGHTS);
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1]++;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> write(jar, folder.resolve("model")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("adapter.safetensors");
    }

    @Test
    void shouldRefuseABaseOfAnotherSize() throws IOException {
        train(jar, "adapter");
        Path other = folder.resolve("other.jar");
        RandomBert.write(other, WORDS.subList(0, 8), 3);
        assertThatThrownBy(() -> write(other, folder.resolve("model")))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("word_embeddings");
    }

    private AdapterCard train(Path base, String name) throws IOException {
        return train(base, name, Optional.empty(), 12);
    }

    private AdapterCard train(Path base, String name, Optional<Path> from, int passes) throws IOException {
        Path data = Fixtures.mails(folder.resolve("mails.csv"), 240);
        var settings = new LargeTrainingSettings(
                base,
                "a/base.jar",
                "Apache-2.0",
                List.of(data),
                Fixtures.topicAndSentiment(),
                Optional.empty(),
                Optional.empty(),
                "large",
                "1",
                "",
                List.of("de", "en"),
                from,
                new Recipe(2, 1, 4, 48, passes, 1e-2f, false),
                0.9,
                1,
                folder.resolve(name));
        return new LargeTrainer(settings, TrainingProgress.SILENT).train();
    }

    private MailCard write(Path base, Path model) throws IOException {
        BertArchive archive = BertArchive.unpack(base, Files.createTempDirectory(folder, "unpacked"), read -> {});
        return LargeModel.write(folder.resolve("adapter"), archive, model);
    }

    private static String label(Optional<MailPrediction.Head> head) {
        return head.orElseThrow().label();
    }
}
