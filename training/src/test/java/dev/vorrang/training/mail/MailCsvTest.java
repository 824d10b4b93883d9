package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
                Optional.of("text"),
                Optional.of("subject"),
                Optional.of("body"),
                Optional.of("topic"),
                Optional.of("sentiment"),
                Optional.empty());
        LabelledMails data = MailCsv.read(List.of(good, other), columns, LabelMap.none(), Optional.empty());
        assertThat(data.mails().get(0).labels()).containsExactly(0, -1);
        assertThat(data.mails().get(4).labels()).containsExactly(-1, 1);
        assertThat(data.mails().get(4).text().subject()).isEqualTo("s");
    }

    @Test
    void shouldTranslateLabels() throws IOException {
        Path map = write("map.csv", "file,head,from,to\ngood.csv,topic,a,first\ngood.csv,topic,b,second\n");
        Path good = write("good.csv", GOOD + "five,c\n");
        LabelledMails data = MailCsv.read(List.of(good), Fixtures.textAndTopic(), LabelMap.read(map), Optional.empty());
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
    void shouldLeaveOutLabelsOnOneTextAlone() throws IOException {
        Path file = write("once.csv", GOOD + "five,c\nsix,d\n SIX ,d\n");
        LabelledMails data = read(file);
        assertThat(data.heads().get("topic")).containsExactly("a", "b");
        assertThat(data.mails()).hasSize(4);
        assertThat(data.notices())
                .containsExactly("column 'topic': 2 labels are left out, on one text alone: 'c', 'd'");
    }

    @Test
    void shouldKeepRowsWithARareLabelForOtherHeads() throws IOException {
        var columns = new MailColumns(
                Optional.of("text"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("topic"),
                Optional.empty(),
                Optional.of("priority"));
        Path file = write("two.csv", "text,topic,priority\n1,rare,high\n2,b,low\n3,a,low\n4,a,high\n5,b,\n");
        LabelledMails data = MailCsv.read(List.of(file), columns, LabelMap.none(), Optional.empty());
        assertThat(data.mails()).hasSize(5);
        assertThat(data.mails().get(0).labels()).containsExactly(-1, 0);
        assertThat(data.mails().get(4).labels()).containsExactly(1, -1);
    }

    @Test
    void shouldNameTenRareLabelsAndCountTheRest() throws IOException {
        var csv = new StringBuilder(GOOD);
        for (int row = 0; row < 13; row++) {
            csv.append("rare ").append(row).append(",z").append(row).append('\n');
        }
        assertThat(read(write("rare.csv", csv.toString())).notices())
                .singleElement()
                .asString()
                .contains("13 labels are left out", "'z0', 'z1', 'z10'", "'z6' and 3 more")
                .doesNotContain("'z7'");
    }

    @Test
    void shouldRefuseLabelsOfWhichOneAloneRepeats() throws IOException {
        refused(
                write("one.csv", "text,topic\nx,a\ny,a\nz,b\nz,b\n"),
                "'topic'",
                "1 label on more than one text",
                "'b'");
    }

    @Test
    void shouldRefuseAColumnOfIds() throws IOException {
        var few = new StringBuilder("text,topic\n");
        for (int row = 0; row < 30; row++) {
            few.append("text ").append(row).append(",T-").append(row).append('\n');
        }
        refused(write("ids.csv", few.toString()), "'topic'", "30 labels on 30 rows", "'T-0', 'T-1', 'T-2'", "an id");
        var many = new StringBuilder("text,topic\n");
        for (int row = 0; row < 9_000; row++) {
            many.append("text ").append(row).append(",T-").append(row % 3_000).append('\n');
        }
        refused(write("ids.csv", many.toString()), "'topic'", "more than 1000 labels up to line 1002 of", "free text");
    }

    @Test
    void shouldTellOfTextsWithContradictingLabels() throws IOException {
        LabelledMails data = read(write("twice.csv", GOOD + "ONE,b\none,a\n one,b\ntwo,b\n"));
        assertThat(data.mails()).hasSize(8);
        assertThat(data.notices())
                .singleElement()
                .asString()
                .contains("column 'topic': 1 text stands several times with different labels");
    }

    @Test
    void shouldTellTextsWithTheSameHashCodeApart() throws IOException {
        assertThat("\nb~".hashCode()).isEqualTo("\nc_".hashCode());
        assertThat(read(write("hash.csv", GOOD + "b~,a\nc_,b\n")).notices()).isEmpty();
    }

    @Test
    void shouldTellOfLabelsThatDifferInCaseAlone() throws IOException {
        assertThat(read(write("case.csv", GOOD + "five, A \nsix,A\n")).notices())
                .containsExactly(
                        "column 'topic': the labels 'A', 'a' differ in case alone, and count as different ones");
    }

    @Test
    void shouldSkipAndCountRowsThatTeachNothing() throws IOException {
        LabelledMails data = read(write("gaps.csv", GOOD + "\n,\n \t,\n  ,a\n,b\nfive,\nsix, \nseven,\n"));
        assertThat(data.mails()).hasSize(4);
        assertThat(data.notices())
                .singleElement()
                .asString()
                .endsWith("gaps.csv: left out of 12 rows 3 blank, 2 without a text, 3 without a label");
    }

    @Test
    void shouldRefuseAFileWhoseRowsTeachNothing() throws IOException {
        refused(
                write("gaps.csv", "text,topic\n,\n,a\nx,\n"),
                "no row with a text and a label in [topic]",
                "1 without a text");
        refused(write("blank.csv", "text,topic\n,\n\n"), "has no rows");
    }

    @Test
    void shouldGuessTheColumnThatIsMeant() throws IOException {
        refused(write("case.csv", "Text,topic\nx,a\n"), "no column [text]", "did you mean 'Text'?");
        refused(write("case.csv", "text,Topic\nx,a\n"), "no column [topic] for a label", "did you mean 'Topic'?");
    }

    @Test
    void shouldNotTrainWithoutASubjectThatIsSpeltOtherwise() throws IOException {
        Path file = write("case.csv", "Subject,body,topic\ns,x,a\n");
        assertThatThrownBy(() -> MailCsv.read(List.of(file), subjectAndBody(), LabelMap.none(), Optional.empty()))
                .hasMessageContaining(
                        "no column 'subject'; it has [Subject, body, topic], named on line 1; did you mean 'Subject'?");
    }

    @Test
    void shouldRefuseAColumnThatIsInNoFile() throws IOException {
        Path file = write("body.csv", "body,topic\nx,a\ny,b\nz,a\nv,b\n");
        assertThatThrownBy(() -> MailCsv.read(List.of(file), subjectAndBody(), LabelMap.none(), Optional.empty()))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContainingAll("column 'subject' for the subject is in none of", "body.csv");
    }

    @Test
    void shouldReadTheExportOfAGermanSpreadsheet() throws IOException {
        LabelledMails data =
                read(write("excel.csv", "\ufeff" + GOOD.replace(',', ';').replace("\n", "\r\n")));
        assertThat(data.mails())
                .hasSize(4)
                .extracting(mail -> mail.text().body())
                .containsExactly("one", "two", "three", "four");
        assertThat(data.heads().get("topic")).containsExactly("a", "b");
    }

    @Test
    void shouldTellOfRowsThatEndEarly() throws IOException {
        assertThat(read(write("short.csv", GOOD + "five\nsix,a\n")).notices())
                .hasSize(2)
                .anyMatch(notice -> notice.contains("fewer fields than the header, the first on line 6"));
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

    private static MailColumns subjectAndBody() {
        return new MailColumns(
                Optional.empty(),
                Optional.of("subject"),
                Optional.of("body"),
                Optional.of("topic"),
                Optional.empty(),
                Optional.empty());
    }

    private LabelledMails read(Path file) {
        return MailCsv.read(List.of(file), Fixtures.textAndTopic(), LabelMap.none(), Optional.empty());
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
