package dev.vorrang.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as ticket systems and spreadsheets export them. */
class CsvTableTest {

    private static final List<String> COLUMNS = List.of("text", "topic");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t', '|'})
    void shouldFindTheSeparator(char separator) throws IOException {
        String content = "id;topic;text\n1;a;\"x; \"\"y\"\",\nz\"\n".replace(';', separator);
        assertThat(rows(write("mails.csv", content))).containsExactly("2: x" + separator + " \"y\",\nz|a");
    }

    @Test
    void shouldTakeTheSeparatorThatExcelIsTold() throws IOException {
        assertThat(rows(write("mails.csv", "sep=;\r\ntext;topic\r\nx, y;a\r\n")))
                .containsExactly("3: x, y|a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void shouldReadAnyLineEndAndAByteOrderMark(String end) throws IOException {
        assertThat(rows(write("mails.csv", "\ufeff\"text\", topic \nx,a\n\n ,\ny,b".replace("\n", end))))
                .containsExactly("2: x|a", "3: | blank", "4:  | blank", "5: y|b");
    }

    @Test
    void shouldReadAPackedFileWhateverItsName() throws IOException {
        assertThat(rows(pack("mails.csv.gz", "text,topic\nx,a\n".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("2: x|a");
        assertThat(rows(pack("mails.csv", "text,topic\nx,a\n".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("2: x|a");
    }

    @Test
    void shouldSayThatAPackedFileIsCutOff() throws IOException {
        byte[] packed = Files.readAllBytes(
                pack("mails.csv.gz", ("text,topic\n" + "x,a\n".repeat(100)).getBytes(StandardCharsets.UTF_8)));
        refused(Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(packed, packed.length - 12)), "cut off");
    }

    @Test
    void shouldTellOfColumnsThatAreNotThere() throws IOException {
        try (var table = CsvTable.open(write("mails.csv", "\nText;ticket_topic;a\u0007b\nx;a;\n"), COLUMNS)) {
            assertThat(table.has("text")).isFalse();
            assertThat(table.missing(COLUMNS))
                    .isEqualTo("it has [Text, ticket_topic, a b], named on line 2; did you mean 'Text'?");
        }
    }

    @Test
    void shouldSuspectAQuoteThatIsNeverClosedInTheHeader() throws IOException {
        try (var table = CsvTable.open(write("mails.csv", "\"text,topic\nx,a\n"), COLUMNS)) {
            assertThat(table.missing(COLUMNS))
                    .isEqualTo("it has [text,topic x,a], named on line 1; is a quotation mark there never closed?");
        }
    }

    @Test
    void shouldGuessColumnsThatDifferInCaseAndWhitespaceAlone() throws IOException {
        try (var table =
                CsvTable.open(write("mails.csv", "id,Ticket\u00a0Topic\nx,a\n"), List.of("id", "ticket_topic"))) {
            assertThat(table.near("ticket_topic")).contains("Ticket\u00a0Topic");
            assertThat(table.near("id")).isEmpty();
            assertThat(table.near("subject")).isEmpty();
        }
    }

    @Test
    void shouldRefuseAColumnThatStandsTwiceOnlyWhereItIsAskedFor() throws IOException {
        refused(write("twice.csv", "text,topic,text\nx,a,y\n"), "twice.csv has more than one column 'text'");
        assertThat(rows(write("comments.csv", "text,comment,comment,topic\nx,1,2,a\n")))
                .containsExactly("2: x|a");
    }

    @Test
    void shouldNameARowWithTooManyFields() throws IOException {
        refused(
                write("wide.csv", "text,topic\nx,a\n\"two\nlines\",b\nDear all, hello,c\n"),
                "row on line 5",
                "3 fields");
    }

    @Test
    void shouldTakeSurplusFieldsThatAreBlank() throws IOException {
        assertThat(rows(write("wide.csv", "text,topic\nx,a,, \n"))).containsExactly("2: x|a");
    }

    @Test
    void shouldTakeFieldsThatAreLackingAsEmptyAndTell() throws IOException {
        try (var table = CsvTable.open(write("short.csv", "text,topic\nx,a\ny\nz\nv,a"), COLUMNS)) {
            assertThat(read(table)).containsExactly("2: x|a", "3: y|", "4: z|", "5: v|a");
            assertThat(table.notice().orElseThrow()).contains("short.csv: 2 rows have fewer", "first on line 3");
        }
    }

    @Test
    void shouldRefuseAFileThatIsCutOff() throws IOException {
        refused(write("cut.csv", "text,topic\nx,a\ny,b\nz"), "cut.csv ends within the row on line 4", "1 of 2 fields");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x,a\ny,\"b\nz,a\n", "x,a\ny,\"b\"\"", "x,a\ny,\"", "x,a\n\"y,b\nz,a\nv,a\nw,b\n"})
    void shouldNameTheRowOfAQuoteThatIsNeverClosed(String rows) throws IOException {
        refused(write("quote.csv", "text,topic\n" + rows), "quote.csv", "row that begins on line 3", "never closed");
    }

    @Test
    void shouldNameTheRowWithTextAfterAClosingQuote() throws IOException {
        refused(
                write("quote.csv", "text,topic\n\"x\ny\",a\n\"Printer\" broken,b\n"),
                "quote.csv",
                "row that begins on line 4",
                "after closing quote",
                "doubled");
    }

    @Test
    void shouldRefuseAHeaderWithABrokenQuote() throws IOException {
        refused(write("quote.csv", "\"text,topic\nx,a\n"), "line 1", "never closed");
        refused(write("quote.csv", "\"text\"x,topic\nx,a\n"), "line 1", "after closing quote");
    }

    @ParameterizedTest
    @CsvSource({"windows-1252,WINDOWS-1252", "IBM850,CP850", "x-MacRoman,MACINTOSH"})
    void shouldSayWhatTheEncodingLooksLikeAndHowToConvertIt(String charset, String name) throws IOException {
        Path file = write("old mails.csv", "text,topic\nx,a\nSchöne Grüße aus Köln,a\n", Charset.forName(charset));
        refused(
                file,
                "mails.csv is not UTF-8: line 3 has the byte 0x",
                "looks like " + name,
                "'Schöne Grüße aus Köln,a'",
                "iconv -f " + name + " -t UTF-8 '" + file + "' > '" + folder.resolve("old mails") + "-utf8.csv'");
    }

    @Test
    void shouldSayThatEncodingsAreMixed() throws IOException {
        Path file = write("mixed.csv", "text,topic\nGrüße,a\n");
        Files.write(file, "Grüße,a\n".getBytes(StandardCharsets.ISO_8859_1), java.nio.file.StandardOpenOption.APPEND);
        refused(file, "line 3 has the byte 0xFC", "mixed", "iconv -c -f UTF-8 -t UTF-8");
    }

    @Test
    void shouldRefuseAnEncodingFarIntoTheFileAndInAPackedOne() throws IOException {
        String content = "text,topic\r\n" + "x,a\r\n".repeat(50_000) + "für,a\r\n";
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        refused(pack("late.csv.gz", bytes), "line 50002", "gunzip -c", "| iconv -f WINDOWS-1252");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16,UTF-16", "UTF-16LE,UTF-16LE", "UTF-16BE,UTF-16BE"})
    void shouldRefuseUtf16(String charset, String name) throws IOException {
        Path file = write("mails.csv", "text\ttopic\nGrüße\ta\n", Charset.forName(charset));
        refused(file, "is not UTF-8", name, "iconv -f " + name + " -t UTF-8");
    }

    @Test
    void shouldRefuseAWorkbook() throws IOException {
        refused(Files.write(folder.resolve("mails.csv"), new byte[] {'P', 'K', 3, 4, 20, 0}), "Excel", "CSV UTF-8");
    }

    @Test
    void shouldRefuseAFolderAndAMissingFile() {
        refused(folder, "is no file");
        refused(folder.resolve("none.csv"), "none.csv does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "text,topic\n", "text,topic", "\ufeff"})
    void shouldReadFilesWithoutRows(String content) throws IOException {
        assertThat(rows(write("empty.csv", content))).allMatch(row -> row.endsWith("blank"));
    }

    private List<String> rows(Path file) throws IOException {
        try (var table = CsvTable.open(file, COLUMNS)) {
            return read(table);
        }
    }

    private static List<String> read(CsvTable table) throws IOException {
        var rows = new ArrayList<String>();
        for (Optional<CsvRow> row = table.next(); row.isPresent(); row = table.next()) {
            CsvRow each = row.get();
            rows.add(each.line() + ": " + each.field(0) + "|" + each.field(1) + (each.isBlank() ? " blank" : ""));
        }
        assertThat(table.next()).isEmpty();
        return rows;
    }

    private void refused(Path file, String... parts) {
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(CsvFileException.class)
                .hasMessageContainingAll(parts)
                .message()
                .startsWith("CSV file " + file)
                .hasLineCount(1);
    }

    private Path write(String name, String content) throws IOException {
        return write(name, content, StandardCharsets.UTF_8);
    }

    private Path write(String name, String content, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), content.getBytes(charset));
    }

    private Path pack(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
        return file;
    }
}
