package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading mails with urgency, stake and scenario. */
class UrgencyTrainingTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadUrgencyAndStakeOfChosenRows() throws IOException {
        Path file = corpus(40);
        LabelledMails data =
                MailCsv.read(List.of(file), columns(Map.of("part", "train")), LabelMap.none(), Optional.empty());

        assertThat(data.mails()).hasSize(32);
        assertThat(data.heads())
                .containsEntry("urgency", List.of("none", "now"))
                .containsEntry("stake", List.of("life", "nothing"));
        assertThatThrownBy(() -> MailCsv.read(
                        List.of(file), columns(Map.of("part", "no such part")), LabelMap.none(), Optional.empty()))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("no rows with {part=no such part}");
    }

    @Test
    void shouldTakeTheUrgencyOfATopicByTheMapping() throws IOException {
        Path file = Files.writeString(
                folder.resolve("topics.csv"),
                "body,topic\nfire,emergency\nsmoke,emergency\nbill,billing\ncopy,billing\n");
        Path map = Files.writeString(
                folder.resolve("map.csv"),
                "file,head,from,to,of\ntopics.csv,urgency,emergency,now,topic\ntopics.csv,urgency,*,none,topic\n");
        var columns = new MailColumns(
                Optional.empty(),
                Optional.empty(),
                Optional.of("body"),
                Optional.of("topic"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("urgency"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        LabelledMails data = MailCsv.read(List.of(corpus(8), file), columns, LabelMap.read(map), Optional.empty());

        assertThat(data.mails().stream()
                        .filter(mail -> mail.dataSet() == 1)
                        .map(mail -> data.heads().get("urgency").get(mail.labels()[1])))
                .containsExactly("now", "now", "none", "none");
    }

    @Test
    void shouldKeepScenariosOnOneSideAndCheckOnNoVariant() throws IOException {
        LabelledMails data = MailCsv.read(List.of(corpus(400)), columns(Map.of()), LabelMap.none(), Optional.empty())
                .withVariants(2, 1);
        assertThat(data.mails()).hasSize(1_200);
        assertThat(DataSources.none().describe(data)).singleElement().satisfies(set -> assertThat(set.rows())
                .isEqualTo(400));
        for (Split split : Split.folds(data, 1)) {
            var learned = new HashSet<String>();
            split.training().forEach(mail -> learned.add(Split.key(mail)));
            assertThat(split.validation())
                    .isNotEmpty()
                    .noneMatch(LabelledMail::variant)
                    .noneMatch(mail -> learned.contains(Split.key(mail)));
        }
    }

    @Test
    void shouldAlterHowAMailIsWrittenAndKeepWhatItSays() {
        var variants = new MailVariants(new Random(1));
        var mail = new MailText(
                "Leak",
                "Dear team,\n\nwater pours out of the boiler since noon, and rising fast in the cellar\n\nAnna");
        var texts = new HashSet<MailText>();
        for (int i = 0; i < 50; i++) {
            MailText text = variants.of(mail);
            texts.add(text);
            assertThat(text.body().length()).isGreaterThan(60);
        }
        assertThat(texts).hasSizeGreaterThan(25);
        assertThat(variants.of(new MailText("", ""))).isNotNull();
    }

    private static MailColumns columns(Map<String, String> where) {
        return new MailColumns(
                Optional.empty(),
                Optional.of("subject"),
                Optional.of("body"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("urgency"),
                Optional.of("stake"),
                Optional.of("scenario"),
                where);
    }

    /** Four mails a scenario; every fifth scenario is held out. */
    private Path corpus(int rows) throws IOException {
        var csv = new StringBuilder("subject,body,topic,urgency,stake,scenario,part\n");
        for (int row = 0; row < rows; row++) {
            int scenario = row / 4;
            boolean now = row % 2 == 0;
            csv.append("Subject,mail number %d of scenario %d,%s,%s,%s,s-%d,%s%n"
                    .formatted(
                            row,
                            scenario,
                            now ? "emergency" : "praise",
                            now ? "now" : "none",
                            now ? "life" : "nothing",
                            scenario,
                            scenario % 5 == 0 ? "holdout" : "train"));
        }
        return Files.writeString(folder.resolve("corpus.csv"), csv);
    }
}
