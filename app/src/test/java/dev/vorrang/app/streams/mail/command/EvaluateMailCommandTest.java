package dev.vorrang.app.streams.mail.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it, with the model that ships. */
class EvaluateMailCommandTest {

    private static final String SHIPPED = "../models/mail-triage/3";
    private static final String ATTACK = "\"><img src=x onerror=alert(1)></script><script>alert(2)</script>";
    private static final String MAILS = """
            subject,body,topic,sentiment
            Invoice,"Please send me the invoice for March again, I was charged twice",billing,negative
            Thank you,"Wonderful service, thank you so much, I love it",praise,positive
            Password,"I cannot log in, please reset the password of my account",access,
            Order,"I would like to order ten of these, what is the price?",order,neutral
            Invoice,"Why is there a fee on my last invoice?",billing,neutral
            """;

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void shouldMeasureTheHeadsWhoseColumnsAreNamed() throws IOException {
        Path json = folder.resolve("figures.json");
        Path data = write("mails.csv", MAILS);

        assertThat(evaluate(data, "--topic", "topic", "--sentiment", "sentiment", "--json", json.toString()))
                .as(errors.toString())
                .isZero();

        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.get("rows").asInt()).isEqualTo(5);
        assertThat(figures.at("/topic/figures/rows").asInt()).isEqualTo(5);
        assertThat(figures.at("/sentiment/figures/rows").asInt()).isEqualTo(4);
        assertThat(figures.at("/topic/figures/accuracy").asDouble()).isGreaterThan(0.5);
        assertThat(figures.at("/figures/mailsPerSecond").asDouble()).isPositive();
        assertThat(figures.has("priority")).isFalse();
        assertThat(output.toString())
                .contains("macro-F1")
                .contains("sentiment ")
                .doesNotContain("charged twice");
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void shouldWriteAPageThatStandsAlone() throws IOException {
        Path page = folder.resolve("report");

        assertThat(evaluate(write("mails.csv", MAILS), "--topic", "topic", "--report", page.toString()))
                .as(errors.toString())
                .isZero();

        String html = Files.readString(page.resolve("index.html"));
        assertThat(html)
                .contains("Reliability")
                .contains("Accuracy over coverage")
                .contains("<svg");
        assertThat(html.replaceAll("xmlns(:[a-z]+)?=\"http://www\\.w3\\.org/[^\"]*\"", ""))
                .contains("default-src 'none'")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("@import");
        assertThat(output.toString()).contains("index.html");
    }

    /** The model that ships stands in for a large one, which changes nothing. */
    @Test
    void shouldMeasureACascade() throws IOException {
        assertThat(evaluate(write("mails.csv", MAILS), "--topic", "topic", "--cascade", SHIPPED, "--json", "-"))
                .as(errors.toString())
                .isZero();

        JsonNode cascade = new ObjectMapper().readTree(output.toString()).get("cascade");
        assertThat(cascade.at("/small alone/sent").asDouble()).isZero();
        assertThat(cascade.at("/large for all/sent").asDouble()).isEqualTo(1);
        assertThat(cascade.at("/large for all/topic").asDouble())
                .isEqualTo(cascade.at("/small alone/topic").asDouble());
        assertThat(cascade.at("/unsure below 0.5/sent").asDouble())
                .isLessThanOrEqualTo(cascade.at("/unsure below 0.9/sent").asDouble());
    }

    @Test
    void shouldGiveNothingButFiguresOnStandardOutput() throws IOException {
        assertThat(evaluate(write("mails.csv", MAILS), "--topic", "topic", "--json", "-"))
                .as(errors.toString())
                .isZero();

        assertThat(new ObjectMapper()
                        .readTree(output.toString())
                        .at("/topic/figures/rows")
                        .asInt())
                .isEqualTo(5);
        assertThat(errors.toString()).contains("macro-F1");
    }

    @Test
    void shouldMeasureSeveralFilesAndMailsOutOfScope() throws IOException {
        Path more = write("more.csv", "subject,body,topic\nOrder,I want to order two more,order\n");
        Path strangers = write("strangers.csv", "subject,body\nHi,what is the capital of France\nHi,tell me a joke\n");

        assertThat(evaluate(
                        write("mails.csv", MAILS),
                        "--data",
                        more.toString(),
                        "--topic",
                        "topic",
                        "--out-of-scope",
                        strangers.toString(),
                        "--json",
                        "-"))
                .as(errors.toString())
                .isZero();

        JsonNode figures = new ObjectMapper().readTree(output.toString());
        assertThat(figures.at("/topic/files/more.csv/mails").asInt()).isEqualTo(1);
        assertThat(figures.at("/figures/outOfScope.mails").asInt()).isEqualTo(2);
        assertThat(figures.at("/figures/outOfScope.auroc").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void shouldCompareMailsOutOfScopeWithCorrectedTopics() throws IOException {
        Path strangers = write("strangers.csv", "subject,body\nHi,what is the capital of France\nHi,tell me a joke\n");

        assertThat(evaluateCorrections(
                        "Invoice,I was charged twice,billing,,\nHi,Reset my password,access,,\n", strangers))
                .as(errors.toString())
                .isZero();
        JsonNode figures = new ObjectMapper().readTree(output.toString());
        assertThat(figures.at("/figures/outOfScope.mails").asInt()).isEqualTo(2);
        assertThat(figures.at("/figures/outOfScope.auroc").asDouble()).isBetween(0.0, 1.0);

        output.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        assertThat(evaluateCorrections("Invoice,I was charged twice,,positive,\n", strangers))
                .isEqualTo(2);
        assertThat(errors.toString())
                .contains("--out-of-scope " + strangers + ": needs --topic with --data, or --corrections with a topic")
                .hasLineCount(1);
        assertThat(output.toString()).isEmpty();
    }

    private int evaluateCorrections(String rows, Path strangers) throws IOException {
        String columns =
                "subject,body,topic,sentiment,urgency,priority,queue,scoredTopic,scoredSentiment,scoredUrgency,"
                        + "scoredPriority,scoredQueues,model\n";
        String corrected = rows.replace("\n", ",,,order,neutral,soon,NORMAL,sales,mail-triage 3\n");
        return execute(Stream.of(
                "evaluate",
                "mail",
                "--model",
                SHIPPED,
                "--corrections",
                write("corrections.csv", columns + corrected).toString(),
                "--out-of-scope",
                strangers.toString(),
                "--json",
                "-"));
    }

    @Test
    void shouldTranslateLabels() throws IOException {
        Path mapping = write("map.csv", "file,head,from,to\nmails.csv,topic,money,billing\n");
        Path data = write("mails.csv", MAILS.replace(",billing,", ",money,"));

        assertThat(evaluate(data, "--topic", "topic", "--mapping", mapping.toString(), "--json", "-"))
                .as(errors.toString())
                .isZero();

        assertThat(new ObjectMapper()
                        .readTree(output.toString())
                        .at("/topic/labels/billing/mails")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void shouldShowMailsAndLabelsAsText() throws IOException {
        String quoted = '"' + ATTACK.replace("\"", "\"\"") + '"';
        // The model is sure that this is about an invoice, and its label says otherwise: a mistake that is shown.
        String wrong = quoted + ",Please send the invoice again I was charged twice,praise,neutral\n";
        String unknown = "Hm,text," + quoted + ",neutral\n";
        Path page = folder.resolve("report");

        assertThat(evaluate(
                        write("mails.csv", MAILS + wrong + unknown), "--topic", "topic", "--report", page.toString()))
                .as(errors.toString())
                .isZero();

        String html = Files.readString(page.resolve("index.html"));
        assertThat(html.split("Worst mistakes")[1]).contains("&lt;img src=x onerror=alert(1)&gt;");
        assertThat(html.split("Worst mistakes")[0]).contains("&lt;img src=x onerror=alert(1)&gt;");
        assertThat(html).doesNotContain("<img").doesNotContain("<script").doesNotContain("</script");
    }

    @Test
    void shouldCountLabelsThatTheModelDoesNotKnowAsWrong() throws IOException {
        Path data = write("mails.csv", MAILS + "Hm,text,weather,neutral\n");

        assertThat(evaluate(data, "--topic", "topic")).as(errors.toString()).isZero();

        assertThat(output.toString())
                .contains("1 of 6 mails have one of 1 that the model does not know", "weather (1)");
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        Path data = write("mails.csv", MAILS);
        refuses(2, "--topic, --sentiment, --priority, --urgency or --stake", data);
        refuses(2, "--priority topic: the model mail-triage has no such head", data, "--priority", "topic");
        refuses(2, "there is no such file", folder.resolve("no.csv"), "--topic", "topic");
        refuses(1, "has no rows", write("bare.csv", "subject,body,topic\n"), "--topic", "topic");
        refuses(2, "theme", data, "--topic", "theme");
        refuses(2, "no column [subject, body]", write("other.csv", "a,topic\nx,billing\n"), "--topic", "topic");
        refuses(
                1,
                "and the model knows none of them",
                write("alien.csv", "subject,body,topic\na,b,weather\n"),
                "--topic",
                "topic");
        refuses(2, "--model /none: there is no such", data, "--topic", "topic", "--model", "/none");
        refuses(
                2,
                "--out-of-scope " + data + ": needs --topic",
                data,
                "--sentiment",
                "sentiment",
                "--out-of-scope",
                data.toString());
        refuses(2, "--json", data, "--topic", "topic", "--json", folder.toString());
        refuses(2, "--report", data, "--topic", "topic", "--report", data.toString());
        refuses(
                2,
                "mapping",
                data,
                "--topic",
                "topic",
                "--mapping",
                folder.resolve("none.csv").toString());
    }

    private void refuses(int code, String message, Path data, String... more) {
        errors.getBuffer().setLength(0);
        assertThat(evaluate(data, more)).as(errors.toString()).isEqualTo(code);
        assertThat(errors.toString()).contains(message).hasLineCount(1);
        assertThat(output.toString()).isEmpty();
    }

    private int evaluate(Path data, String... more) {
        Stream<String> model = List.of(more).contains("--model") ? Stream.of() : Stream.of("--model", SHIPPED);
        return execute(Stream.of(
                        Stream.of("evaluate", "mail", "--data", data.toString()),
                        Stream.of("--subject", "subject", "--body", "body"),
                        model,
                        Stream.of(more))
                .flatMap(part -> part));
    }

    private int execute(Stream<String> arguments) {
        return Calls.run(output, errors, arguments.toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
