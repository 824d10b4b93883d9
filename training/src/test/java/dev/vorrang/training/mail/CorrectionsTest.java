package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {

    private static final String HEADER = "mail,subject,body,topic,sentiment,urgency,priority,scoredTopic,who\n";

    @TempDir
    private Path folder;

    @Test
    void shouldReadThemByColumnsOfTheirOwn() throws IOException {
        LabelledMails data = read(
                write("mails.csv", "text,topic\none,a\ntwo,b\nthree,a\nfour,b\n"),
                "1,Help,it burns,b,negative,now,URGENT,a,anna\n2,Thanks,a lot,,positive,,,a,anna\n",
                3);

        assertThat(data.dataSets()).containsExactly("mails.csv", "corrections.csv");
        assertThat(data.heads()).containsOnlyKeys("topic");
        // The second corrects no topic.
        assertThat(data.mails()).hasSize(5);
        LabelledMail corrected = data.mails().get(4);
        assertThat(corrected.text()).isEqualTo(new MailText("Help", "it burns"));
        assertThat(corrected.labels()).containsExactly(1);
    }

    @Test
    void shouldCountAsOftenAsTold() throws IOException {
        LabelledMails data = read(
                write("mails.csv", "text,topic\none,a\ntwo,b\nthree,a\nfour,b\n"),
                "1,Help,it burns,b,,,,a,anna\n2,Help,again,b,,,,a,anna\n3,Help,water,a,,,,b,anna\n",
                3);

        float[] weights = new RowWeights(data.mails(), data).of(data.mails())[0];

        assertThat(List.of(weights[0], weights[1])).containsExactly(1f, 1f);
        assertThat((weights[4] + weights[5] + weights[6]) / 3).isCloseTo(3, within(1e-5f));
    }

    @Test
    void shouldNameWhatCannotBeRead() throws IOException {
        Path mails = write("mails.csv", "text,topic\none,a\ntwo,b\nthree,a\nfour,b\n");

        assertThatThrownBy(() -> read(mails, "", 1))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll("corrections.csv", "has no rows");
        assertThatThrownBy(() -> read(mails, "1,Help,it burns,,positive,,,a,anna\n", 1))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll("corrections.csv", "a label in [topic]");
        assertThatThrownBy(() -> new Corrections(mails, 0)).hasMessageContainingAll("weight 0", "above 0");
    }

    @Test
    void shouldLearnFromThem() throws IOException {
        Path mails = Fixtures.mails(folder.resolve("mails.csv"), 300);
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> i + ",Gasket " + i + ",the gasket of pump " + i + " leaks,invoices,,,,printers,anna\n")
                .collect(Collectors.joining());
        Path corrections = write("corrections.csv", HEADER + rows);
        var settings = new TrainingSettings(
                List.of(mails),
                Fixtures.topicAndSentiment(),
                Optional.of(new Corrections(corrections, Corrections.DEFAULT_WEIGHT)),
                Optional.empty(),
                Optional.empty(),
                "corrected",
                "1",
                "",
                1,
                OptionalInt.of(8),
                0.9,
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                java.util.Map.of(),
                folder.resolve("model"));

        MailCard card = new MailTrainer(settings, TrainingProgress.SILENT).train();

        assertThat(card.training().data())
                .extracting(data -> data.name() + " " + data.rows())
                .containsExactly("mails.csv 300", "corrections.csv 40");
        try (var model = MailModel.load(folder.resolve("model"), ModelOptions.defaults())) {
            assertThat(model.apply(List.of(new MailText("Gasket", "the gasket leaks")))
                            .get(0)
                            .topic()
                            .orElseThrow()
                            .label())
                    .isEqualTo("invoices");
        }
    }

    private LabelledMails read(Path mails, String corrections, double weight) throws IOException {
        return MailCsv.read(
                List.of(mails),
                Fixtures.textAndTopic(),
                LabelMap.none(),
                Optional.of(new Corrections(write("corrections.csv", HEADER + corrections), weight)));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
