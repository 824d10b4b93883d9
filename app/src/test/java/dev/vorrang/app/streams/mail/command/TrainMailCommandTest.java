package dev.vorrang.app.streams.mail.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code train mail}, right and wrong. */
class TrainMailCommandTest {

    @TempDir
    private Path folder;

    private Path data;
    private Path model;
    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void writeData() throws IOException {
        data = Calls.writeMails(folder.resolve("mails.csv"), 40);
        model = folder.resolve("model");
    }

    @Test
    void shouldTakeEveryOption() throws IOException {
        Path strangers = Files.writeString(folder.resolve("strangers.csv"), "text\nnice weather\nmy garden\n");
        assertThat(train("--epochs", "2", "--precision", "0.8", "--seed", "3", "--out-of-scope", strangers.toString()))
                .as(errors.toString())
                .isZero();
        assertThat(console.toString()).contains("after 2 passes", "mails.csv", "40 rows", "accuracy");
        assertThat(errors.toString()).contains("42 rows to learn from");
        assertThat(Files.readString(model.resolve("assets.extra/model.json"))).contains("strangers.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "--precision, 0, 2, precision 0.0: must be above 0 and at most 1",
        "--precision, 1.5, 2, precision 1.5: must be above 0 and at most 1",
        "--precision, -0.5, 2, precision -0.5: must be above 0 and at most 1",
        "--precision, NaN, 2, precision NaN: must be above 0 and at most 1",
        "--precision, high, 2, high",
        "--epochs, 0, 2, epochs 0: must be 1 or more",
        "--epochs, -3, 2, epochs -3: must be 1 or more",
        "--epochs, many, 2, many",
        "--epochs, 1.5, 2, 1.5",
        "--out-of-scope, none.csv, 2, none.csv",
        "--own-layers, mood, 2, own layers mood: there are columns of labels for topic alone"
    })
    void shouldRefuseAWrongValue(String option, String value, int exitCode, String message) {
        assertThat(train(option, value)).isEqualTo(exitCode);
        assertThat(errors.toString()).contains(message);
        assertThat(model).doesNotExist();
    }

    @Test
    void shouldRefuseStrangersWithoutTheColumnOfTheText() throws IOException {
        Path strangers = Files.writeString(folder.resolve("strangers.csv"), "Body\nnice weather\n");
        assertThat(train("--out-of-scope", strangers.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("strangers.csv", "text", "Body").hasLineCount(1);
        assertThat(model).doesNotExist();
    }

    @Test
    void shouldRefuseStrangersWithoutATopicToBeStrangeTo() {
        assertThat(run(
                        "train",
                        "mail",
                        "--data",
                        data.toString(),
                        "--text",
                        "text",
                        "--sentiment",
                        "topic",
                        "--out",
                        model.toString(),
                        "--out-of-scope",
                        data.toString()))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("out of scope", "name --topic");
    }

    @Test
    void shouldAskForAModelToFineTune() {
        assertThat(train("--fine-tune")).isEqualTo(2);
        assertThat(errors.toString()).contains("--from");
    }

    private int train(String... more) {
        var arguments = new ArrayList<String>(List.of(
                "train",
                "mail",
                "--data",
                data.toString(),
                "--text",
                "text",
                "--topic",
                "topic",
                "--out",
                model.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Calls.run(console, errors, arguments);
    }
}
