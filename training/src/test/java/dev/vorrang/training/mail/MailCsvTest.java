package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailCsvTest {

    private static final String GOOD = "text,topic\none,a\ntwo,b\nthree,a\nfour,b\n";

    @TempDir
    private Path folder;

    @Test
    void shouldReadRowsAndLabels() throws IOException {
        LabelledMails data = read(write("good.csv", GOOD + "\"a, \"\"b\"\"\nc\",a\n"));
        assertThat(data.heads()).containsOnlyKeys("topic").containsEntry("topic", List.of("a", "b"));
        assertThat(data.mails()).hasSize(5);
        assertThat(data.mails().get(4).text().body()).isEqualTo("a, \"b\"\nc");
        assertThat(data.mails().get(1).labels()).containsExactly(1);
    }

    @Test
    void shouldTakeAColumnThatOneFileLacksAsUnlabelled() throws IOException {
        Path other = write("other.csv", "subject,body,sentiment\ns,x,good\ns,y,bad\ns,z,good\ns,w,bad\n");
        Path good = write("good.csv", GOOD);
        var columns = new MailColumns(
                java.util.Optional.of("text"),
                java.util.Optional.of("subject"),
                java.util.Optional.of("body"),
                java.util.Optional.of("topic"),
                java.util.Optional.of("sentiment"),
                java.util.Optional.empty());
        LabelledMails data = MailCsv.read(List.of(good, other), columns, LabelMap.none());
        assertThat(data.mails().get(0).labels()).containsExactly(0, -1);
        assertThat(data.mails().get(4).labels()).containsExactly(-1, 1);
        assertThat(data.mails().get(4).text().subject()).isEqualTo("s");
    }

    @Test
    void shouldTranslateLabels() throws IOException {
        Path map = write("map.csv", "file,head,from,to\ngood.csv,topic,a,first\ngood.csv,topic,b,second\n");
        Path good = write("good.csv", GOOD + "five,c\n");
        LabelledMails data = MailCsv.read(List.of(good), Fixtures.textAndTopic(), LabelMap.read(map));
        assertThat(data.heads().get("topic")).containsExactly("first", "second");
        assertThat(data.mails()).hasSize(4);
    }

    @Test
    void shouldNameWhatIsWrongWithTheMapping() throws IOException {
        Path map = write("map.csv", "file,from,to\ngood.csv,a,first\n");
        assertThatThrownBy(() -> LabelMap.read(map))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("needs the columns file,head,from,to");
    }

    @Test
    void shouldNameAMissingFile() {
        refused(folder.resolve("none.csv"), "none.csv", "does not exist");
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        refused(write("empty.csv", ""), "empty.csv has no rows");
    }

    @Test
    void shouldRefuseAFileWithoutRows() throws IOException {
        refused(write("bare.csv", "text,topic\n"), "bare.csv has no rows");
    }

    @Test
    void shouldNameAMissingTextColumn() throws IOException {
        refused(write("bad.csv", "body,topic\nx,a\n"), "no column [text]", "[body, topic]");
    }

    @Test
    void shouldNameAMissingLabelColumn() throws IOException {
        refused(write("bad.csv", "text,label\nx,a\n"), "bad.csv", "topic");
    }

    @Test
    void shouldRefuseASingleLabel() throws IOException {
        refused(write("one.csv", "text,topic\nx,a\ny,a\n"), "'topic'", "1 label [a]", "two or more");
    }

    @Test
    void shouldRefuseALabelSeenOnce() throws IOException {
        refused(write("once.csv", GOOD + "five,c\n"), "label 'c'", "seen once");
    }

    @Test
    void shouldRefuseAnotherEncoding() throws IOException {
        Path file =
                Files.write(folder.resolve("latin.csv"), "text,topic\nGrüße,a\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(file, "latin.csv is not UTF-8");
    }

    @Test
    void shouldNameALineWithTooManyFields() throws IOException {
        refused(write("wide.csv", "text,topic\nx,a\ny,b,c\n"), "line 3", "3 fields");
    }

    @Test
    void shouldRefuseAQuoteThatIsNeverClosed() throws IOException {
        refused(write("quote.csv", "text,topic\nx,a\n\"y,b\nz,a\n"), "quote.csv");
    }

    @Test
    void shouldRefuseABinaryFile() throws IOException {
        var bytes = new byte[10_000];
        new java.util.Random(1).nextBytes(bytes);
        refused(Files.write(folder.resolve("binary.csv"), bytes), "binary.csv");
    }

    private LabelledMails read(Path file) {
        return MailCsv.read(List.of(file), Fixtures.textAndTopic(), LabelMap.none());
    }

    private void refused(Path file, String... parts) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll(parts)
                .message()
                .hasLineCount(1);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
