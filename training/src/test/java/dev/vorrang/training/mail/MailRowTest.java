package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailRowTest {

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();

    @Test
    void shouldReadLabelsThatTrainingWouldRefuse() throws IOException {
        Path first = write("first.csv", "text,topic\none,a\ntwo,\n");
        Path second = write("second.csv", "text,topic\nthree,b\n");

        assertThat(MailRow.read(
                        List.of(first, second), Fixtures.textAndTopic(), List.of(), Optional.empty(), notices::add))
                .containsExactly(
                        new MailRow(new MailText("", "one"), 0, Map.of("topic", "a")),
                        new MailRow(new MailText("", "three"), 1, Map.of("topic", "b")));
        assertThat(notices).singleElement().asString().contains("first.csv", "1 without a label");
    }

    @Test
    void shouldTranslateLabels() throws IOException {
        Path data = write("data.csv", "text,topic\none,a\ntwo,b\n");
        Path mapping = write("map.csv", "file,head,from,to\ndata.csv,topic,a,first\n");

        assertThat(MailRow.read(List.of(data), Fixtures.textAndTopic(), List.of(), Optional.of(mapping), notices::add))
                .containsExactly(new MailRow(new MailText("", "one"), 0, Map.of("topic", "first")));
    }

    @Test
    void shouldReadTextsWhateverTheirLabels() throws IOException {
        Path unlabelled = write("none.csv", "text\none\ntwo\n");
        Path labelled = write("some.csv", "text,topic\none,\ntwo,b\n");
        var texts = List.of(new MailText("", "one"), new MailText("", "two"));

        assertThat(MailRow.texts(unlabelled, Fixtures.textAndTopic(), notices::add))
                .isEqualTo(texts);
        assertThat(MailRow.texts(labelled, Fixtures.textAndTopic(), notices::add))
                .isEqualTo(texts);
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldRefuseFilesWithoutTexts() throws IOException {
        Path empty = write("empty.csv", "text\n");
        Path other = write("other.csv", "words\none\n");

        assertThatThrownBy(() -> MailRow.texts(empty, Fixtures.textAndTopic(), notices::add))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("has no rows");
        assertThatThrownBy(() -> MailRow.texts(other, Fixtures.textAndTopic(), notices::add))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("no column [text]");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
