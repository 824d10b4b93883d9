package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails that belong to none of the topics: with some to learn from, and without. */
class OutOfScopeTest {

    private static final List<String> PRINTERS = List.of("printer", "toner", "paper", "cartridge", "scanner");
    private static final List<String> INVOICES = List.of("invoice", "payment", "refund", "Rechnung", "Mahnung");
    private static final List<String> STRANGERS = List.of("weather", "garden", "football", "recipe", "holiday");

    @TempDir
    private static Path folder;

    private static MailCard warned;
    private static MailCard unwarned;

    @BeforeAll
    static void train() throws IOException {
        var random = new Random(1);
        var csv = new StringBuilder("text,topic\n");
        var strangers = new StringBuilder("text\n");
        for (int row = 0; row < 150; row++) {
            csv.append(sentence(PRINTERS, random)).append(",printers\n");
            csv.append(sentence(INVOICES, random)).append(",invoices\n");
            strangers.append(sentence(STRANGERS, random)).append('\n');
        }
        Path data = Files.writeString(folder.resolve("mails.csv"), csv);
        Path outside = Files.writeString(folder.resolve("strangers.csv"), strangers);
        warned = train(data, Optional.of(outside), "warned");
        unwarned = train(data, Optional.empty(), "unwarned");
    }

    private static String sentence(List<String> words, Random random) {
        return "the %s and my %s of number %d"
                .formatted(words.get(random.nextInt(5)), words.get(random.nextInt(5)), random.nextInt(100_000));
    }

    @Test
    void shouldAbstainOnStrangersAndAnswerTheOthers() {
        assertThat(abstained("warned", warned, STRANGERS)).isGreaterThan(0.8);
        assertThat(abstained("warned", warned, PRINTERS)).isLessThan(0.2);
        assertThat(abstained("warned", warned, INVOICES)).isLessThan(0.2);
        assertThat(abstained("unwarned", unwarned, STRANGERS)).isLessThan(0.5);
    }

    @Test
    void shouldNotCountStrangersInItsFigures() {
        assertThat(warned.heads().get("topic").labels()).containsExactly("invoices", "printers");
        assertThat(warned.figures()).singleElement().satisfies(figure -> {
            assertThat(figure.data()).isEqualTo("mails.csv");
            assertThat(figure.rows()).isEqualTo(300);
            assertThat(figure.accuracy()).isGreaterThan(0.95);
            assertThat(figure.abstained()).isLessThan(0.05);
        });
    }

    @Test
    void shouldSayInTheCardWhatTheStrangersWere() {
        assertThat(warned.training().data())
                .extracting(data -> data.name() + " " + data.rows())
                .containsExactly("mails.csv 300", "strangers.csv 150");
    }

    /** Share of mails of these words that the topic is withheld of. */
    private static double abstained(String name, MailCard card, List<String> words) {
        var random = new Random(9);
        var mails = new ArrayList<MailText>();
        for (int i = 0; i < 100; i++) {
            mails.add(new MailText("", sentence(words, random)));
        }
        double threshold = card.heads().get("topic").threshold();
        try (var model = MailModel.load(folder.resolve(name), ModelOptions.defaults())) {
            List<MailPrediction> predictions = model.apply(mails);
            return predictions.stream()
                            .filter(mail -> mail.topic().orElseThrow().confidence() < threshold)
                            .count()
                    / 100.0;
        }
    }

    private static MailCard train(Path data, Optional<Path> outOfScope, String name) {
        var settings = new TrainingSettings(
                List.of(data),
                Fixtures.textAndTopic(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                name,
                "1",
                "",
                1,
                OptionalInt.of(8),
                0.9,
                List.of(),
                0,
                outOfScope,
                Optional.empty(),
                false,
                java.util.Map.of(),
                folder.resolve(name));
        return new MailTrainer(settings, TrainingProgress.SILENT).train();
    }
}
