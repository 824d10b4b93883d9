package dev.vorrang.app.streams.mail.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it, with the model that ships. */
class ScoreMailCommandTest {

    private static final Path SHIPPED = Path.of("../models/mail-triage/3");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path out;
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void chooseOutput() {
        out = folder.resolve("scores.jsonl");
    }

    @Test
    void shouldScoreTheRowsOfACsvFileInOrder() throws IOException {
        var csv = new StringBuilder("subject,body\n");
        for (int row = 0; row < 600; row++) {
            csv.append("Invoice ")
                    .append(row)
                    .append(",\"Please correct invoice ")
                    .append(row)
                    .append("\"\n");
        }
        assertThat(score(write("mails.csv", csv.toString()), "--subject", "subject", "--body", "body"))
                .isZero();
        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(600);
        for (int row = 0; row < lines.size(); row++) {
            assertThat(lines.get(row).get("id").asText()).isEqualTo(Integer.toString(row + 1));
        }
        assertThat(lines.get(599).get("topic").asText()).isEqualTo("billing");
    }

    /** The model that ships stands in for a large one: it answers itself what it is unsure of. */
    @Test
    void shouldScoreWithACascade() throws IOException {
        Path mails = write("mails.csv", "text\nThank you so much!\nperhaps\n");
        score(mails, "--text", "text");
        List<JsonNode> alone = lines();

        assertThat(score(mails, "--text", "text", "--cascade", SHIPPED.toString()))
                .as(errors.toString())
                .isZero();

        assertThat(lines())
                .extracting(line -> line.get("topic"))
                .isEqualTo(alone.stream().map(line -> line.get("topic")).toList());
    }

    @Test
    void shouldWriteEveryFieldOfALine() throws IOException {
        score(write("mails.csv", "id,text\nm-1,Thank you so much for your great help!\n"), "--text", "text");
        JsonNode line = lines().get(0);
        var names = new ArrayList<String>();
        line.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .startsWith(
                        "id",
                        "topic",
                        "topicConfidence",
                        "topics",
                        "sentiment",
                        "sentiments",
                        "priority",
                        "priorityScore",
                        "abstained",
                        "reasons",
                        "model");
        assertThat(line.get("id").asText()).isEqualTo("m-1");
        assertThat(line.get("topic").asText()).isEqualTo("praise");
        assertThat(line.get("sentiment").asText()).isEqualTo("positive");
        assertThat(line.at("/model/name").asText()).isEqualTo("mail-triage");
        assertThat(line.at("/topics/praise").floatValue())
                .isEqualTo(line.get("topicConfidence").floatValue());
        double sum = 0;
        for (JsonNode probability : line.get("topics")) {
            sum += probability.doubleValue();
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
    }

    @Test
    void shouldNameTheWordsThatMovedAnAnswerUnlessToldNotTo() throws IOException {
        Path csv = write("mails.csv", "text\nThank you so much for your great help!\n");
        boolean explains;
        try (var model = MailModel.load(SHIPPED, ModelOptions.defaults())) {
            explains = model.explains();
        }
        score(csv, "--text", "text");
        JsonNode explained = lines().get(0);
        score(csv, "--text", "text", "--no-explain");
        JsonNode plain = lines().get(0);

        assertThat(explained.get("topicWords").isEmpty()).isEqualTo(!explains);
        assertThat(plain.get("topicWords")).isEmpty();
        // Another graph computes them, which may add up in another order.
        explained.get("topics").properties().forEach(topic -> assertThat(
                        plain.get("topics").get(topic.getKey()).doubleValue())
                .as(topic.getKey())
                .isCloseTo(topic.getValue().doubleValue(), within(1e-6)));
    }

    @Test
    void shouldPutWhatMattersFirst() throws IOException {
        var csv = """
            subject,body
            Fire!,There is a fire in the warehouse and two people are trapped inside. Please help immediately!
            Unser Newsletter,Entdecken Sie unsere neuen Angebote: 20 % Rabatt auf alles. Hier abmelden.
            Vielen Dank,Vielen Dank für die schnelle und freundliche Hilfe!
            """;
        score(write("mails.csv", csv), "--subject", "subject", "--body", "body");
        List<JsonNode> lines = lines();
        assertThat(lines)
                .extracting(line -> line.get("topic").asText())
                .containsExactly("emergency", "advertising", "praise");
        assertThat(lines).extracting(line -> line.get("priority").asText()).containsExactly("URGENT", "LOW", "LOW");
    }

    @Test
    void shouldScoreMailFiles() throws IOException {
        Path mails = Files.createDirectory(folder.resolve("mails"));
        Files.writeString(mails.resolve("a.eml"), "From: a@example.org\nSubject: Password\n\nI forgot my password.\n");
        Files.writeString(mails.resolve("b.eml"), "From: b@example.org\nSubject: Invoice\n\nInvoice 3 is wrong.\n");
        assertThat(score(mails)).isZero();
        assertThat(lines()).extracting(line -> line.get("topic").asText()).containsExactly("access", "billing");
    }

    @Test
    void shouldSayThatThereIsNoSuchInput() {
        refused(2, folder.resolve("none.eml"), "none.eml", "there is no such file");
    }

    @Test
    void shouldAskForTheColumnsOfACsvFile() throws IOException {
        refused(2, write("mails.csv", "text\nx\n"), "mails.csv is a CSV file", "--text");
    }

    @Test
    void shouldNameAMissingColumn() throws IOException {
        refused(2, write("mails.csv", "body\nx\n"), "no column [text], it has [body]", "--text", "text");
    }

    @Test
    void shouldGuessTheColumnThatIsMeant() throws IOException {
        refused(2, write("mails.csv", "id;Text\n1;x\n"), "did you mean 'Text'?", "--text", "text");
    }

    @Test
    void shouldScoreTheExportOfAGermanSpreadsheet() throws IOException {
        Path csv = write("mails.csv", "\ufeffBetreff;Text\r\nRechnung;Bitte korrigieren\r\n;\r\n\r\nHallo\r\n");
        assertThat(score(csv, "--subject", "Betreff", "--body", "Text")).isZero();
        assertThat(lines()).extracting(line -> line.get("id").asText()).containsExactly("1", "2", "3");
        assertThat(errors.toString()).contains("1 row has fewer fields").hasLineCount(1);
    }

    @Test
    void shouldRefuseAnEmptyCsvFile() throws IOException {
        refused(1, write("mails.csv", ""), "has no rows", "--text", "text");
    }

    @Test
    void shouldRefuseABinaryCsvFile() throws IOException {
        Path file = Files.write(folder.resolve("mails.csv"), new byte[] {'t', '\n', (byte) 0xff, (byte) 0xfe, 0, 1});
        refused(1, file, "not UTF-8", "--text", "t");
    }

    @Test
    void shouldRefuseATruncatedCsvFileAndLeaveNoHalfResult() throws IOException {
        refused(1, write("mails.csv", "text,n\na,1\nb,2\nc"), "mails.csv", "--text", "text");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldRefuseAnEmptyMailFile() throws IOException {
        refused(1, write("mail.eml", ""), "mail.eml");
    }

    @Test
    void shouldRefuseAMissingModel() throws IOException {
        Path csv = write("mails.csv", "text\nx\n");
        assertThat(run(
                        "score",
                        "mail",
                        "--in",
                        csv.toString(),
                        "--out",
                        out.toString(),
                        "--text",
                        "text",
                        "--model",
                        "/none"))
                .isEqualTo(2);
        assertThat(errors.toString())
                .contains("--model /none: there is no such")
                .hasLineCount(1);
    }

    @Test
    void shouldScoreWithAModelThatKnowsSentimentAlone() throws IOException {
        var csv = new StringBuilder("text,mood\n");
        for (int row = 0; row < 60; row++) {
            csv.append(row % 2 == 0 ? "good fine nice " : "bad poor awful ")
                    .append(row)
                    .append(row % 2 == 0 ? ",positive\n" : ",negative\n");
        }
        Path data = write("train.csv", csv.toString());
        String model = folder.resolve("model").toString();
        assertThat(run(
                        "train",
                        "mail",
                        "--data",
                        data.toString(),
                        "--text",
                        "text",
                        "--sentiment",
                        "mood",
                        "--epochs",
                        "5",
                        "--out",
                        model))
                .as(errors.toString())
                .isZero();
        assertThat(run(
                        "score",
                        "mail",
                        "--in",
                        data.toString(),
                        "--text",
                        "text",
                        "--model",
                        model,
                        "--out",
                        out.toString()))
                .isZero();
        JsonNode line = lines().get(0);
        assertThat(line.get("topic").isNull()).isTrue();
        assertThat(line.get("topicConfidence").isNull()).isTrue();
        assertThat(line.get("topics").isNull()).isTrue();
        assertThat(line.get("sentiments")).hasSize(2);
        assertThat(line.get("priority").asText()).isNotBlank();
    }

    @Test
    void shouldTellWhatIsLeftOutOfTrainingData() throws IOException {
        Path data = write("train.csv", "text;topic\nw;a\nx;a\ny;b\nz;b\n;a\nrare;c\n;\nnone;\n");
        assertThat(run(
                        "train",
                        "mail",
                        "--data",
                        data.toString(),
                        "--text",
                        "text",
                        "--topic",
                        "topic",
                        "--epochs",
                        "1",
                        "--out",
                        folder.resolve("model").toString()))
                .as(errors.toString())
                .isZero();
        assertThat(errors.toString())
                .contains(
                        "train.csv: left out of 8 rows 1 blank, 1 without a text, 1 without a label",
                        "column 'topic': 1 label is left out, on one text alone: 'c'");
    }

    @Test
    void shouldTellWhatIsWrongWithTrainingDataInOneLine() throws IOException {
        Path data = write("train.csv", "text,topic\nx,a\ny,a\n");
        String model = folder.resolve("model").toString();
        assertThat(run(
                        "train",
                        "mail",
                        "--data",
                        data.toString(),
                        "--text",
                        "text",
                        "--topic",
                        "topic",
                        "--out",
                        model))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("'topic'", "two or more").hasLineCount(1);
        assertThat(Path.of(model)).doesNotExist();
    }

    @Test
    void shouldAskWhatToLearn() throws IOException {
        Path data = write("train.csv", "text,topic\nx,a\n");
        assertThat(run("train", "mail", "--data", data.toString(), "--text", "text", "--out", out.toString()))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("--topic, --sentiment, --priority, --urgency or --stake");
    }

    private void refused(int exitCode, Path in, String part, String... more) {
        var options = new ArrayList<String>(List.of(more));
        String second = options.size() % 2 == 1 ? options.remove(0) : "";
        assertThat(score(in, options.toArray(String[]::new))).isEqualTo(exitCode);
        assertThat(errors.toString()).contains(part, second).hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    private int score(Path in, String... more) {
        var arguments = new ArrayList<String>(List.of(
                "score", "mail", "--in", in.toString(), "--out", out.toString(), "--model", SHIPPED.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Calls.run(new StringWriter(), errors, arguments);
    }

    private List<JsonNode> lines() throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
