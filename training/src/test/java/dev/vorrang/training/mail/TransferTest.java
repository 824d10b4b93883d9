package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a model of printers and invoices to one of other labels, with some mails that have few of the words. */
class TransferTest {

    /** Words that the earlier model alone has seen. */
    private static final List<MailText> OTHER_WORDS = List.of(
            new MailText("", "cartridge"), new MailText("", "toner cartridge"),
            new MailText("", "refund"), new MailText("", "payment refund"));

    private static final String[] LABELS = {"hardware", "hardware", "finance", "finance"};
    private static final String WEIGHTS = "variables/variables.data-00000-of-00001";

    @TempDir
    private static Path folder;

    private static Path earlier;
    private static Path few;

    @BeforeAll
    static void train() throws IOException {
        earlier = folder.resolve("earlier");
        Path mails = Fixtures.mails(folder.resolve("mails.csv"), 1_200);
        new MailTrainer(Fixtures.settings(mails, Fixtures.topicAndSentiment(), 1, earlier), TrainingProgress.SILENT)
                .train();
        var csv = new StringBuilder("text,topic\n");
        for (int row = 0; row < 20; row++) {
            csv.append("printer %s,hardware%ninvoice %s,finance%n".formatted("x".repeat(row), "x".repeat(row)));
        }
        few = Files.writeString(folder.resolve("few.csv"), csv);
    }

    @Test
    void shouldKnowWordsThatTheEarlierModelAloneHasSeen() {
        MailCard card = transfer("tuned", earlier, true);
        assertThat(labels("tuned")).containsExactly(LABELS);
        assertThat(card.training().software()).endsWith("fine-tuned from fixture 1");
    }

    @Test
    void shouldNotKnowThemWithoutThatModel() {
        new MailTrainer(
                        Fixtures.settings(few, Fixtures.textAndTopic(), 1, folder.resolve("scratch")),
                        TrainingProgress.SILENT)
                .train();
        assertThat(labels("scratch")).isNotEqualTo(List.of(LABELS));
    }

    @Test
    void shouldKeepTheLayersBelowNewHeads() {
        transfer("heads", earlier, false);
        assertThat(labels("heads")).containsExactly(LABELS);
        assertThat(folder.resolve("heads").resolve(WEIGHTS)).hasSameBinaryContentAs(earlier.resolve(WEIGHTS));
    }

    @Test
    void shouldFineTuneAModelWithNewHeads() {
        transfer("heads before", earlier, false);
        transfer("heads tuned", folder.resolve("heads before"), true);
        assertThat(labels("heads tuned")).containsExactly(LABELS);
    }

    @Test
    void shouldTuneToAFlatAnswerForWhatBelongsNowhere() {
        var outside = List.of(new LabelledMail(new MailText("", ""), 0, new int[] {LabelledMail.OUTSIDE}));
        float[][] row = {{1, 2}};
        float[][] weight = {{1}};
        try (var graph = new HeadGraph(2, Map.of("topic", 4))) {
            assertThat(graph.step(row, outside, weight, 0.1f)).isCloseTo((float) Math.log(4), within(1e-5f));
            assertThat(graph.logits(row)[0][0]).containsExactly(new float[4], within(1e-5f));
        }
    }

    private static MailCard transfer(String name, Path from, boolean fineTune) {
        return new MailTrainer(
                        Fixtures.settings(few, Fixtures.textAndTopic(), 1, folder.resolve(name), from, fineTune),
                        TrainingProgress.SILENT)
                .train();
    }

    private static List<String> labels(String name) {
        try (var model = MailModel.load(folder.resolve(name), ModelOptions.defaults())) {
            return model.apply(OTHER_WORDS).stream()
                    .map(mail -> mail.topic().orElseThrow().label())
                    .toList();
        }
    }
}
