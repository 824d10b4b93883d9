package dev.vorrang.app.streams.mail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.training.bert.RandomBert;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a base and an adapter to a model that scores. */
class FetchModelCommandTest {

    @TempDir
    private Path folder;

    private Path base;
    private Path data;
    private Path adapter;
    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void writeData() throws IOException {
        base = folder.resolve("base.jar");
        RandomBert.write(base, List.of("the", "printer", "has", "no", "toner", "invoice", "is", "not", "paid"), 3);
        data = Calls.writeMails(folder.resolve("mails.csv"), 60);
        adapter = folder.resolve("adapter");
    }

    @Test
    void shouldMakeAModelOfBaseAndAdapter() {
        train();
        Path model = folder.resolve("models/large");
        assertThat(fetch("--base", base.toString(), "--out", model.toString()))
                .as(errors.toString())
                .isZero();
        assertThat(console.toString()).contains("Model mail-large version 1 is in " + model);
        assertThat(model.getParent()).isDirectoryNotContaining("glob:**.part");
        assertThat(run(
                        "evaluate",
                        "mail",
                        "--model",
                        model.toString(),
                        "--data",
                        data.toString(),
                        "--text",
                        "text",
                        "--topic",
                        "topic"))
                .as(errors.toString())
                .isZero();
        // A second call leaves it as it is.
        assertThat(fetch("--base", base.toString(), "--out", model.toString())).isZero();
        assertThat(console.toString()).contains("already");
    }

    @Test
    void shouldSayWhatKeepsItFromFetching() throws IOException {
        train();
        Files.createDirectories(folder.resolve("cache"));
        assertThat(fetch(
                        "--mirror",
                        "http://localhost:1/maven",
                        "--cache",
                        folder.resolve("cache").toString(),
                        "--out",
                        folder.resolve("model").toString()))
                .as(errors.toString())
                .isEqualTo(1);
        assertThat(errors.toString())
                .contains("http://localhost:1/maven/com/robrua/", "nothing answers there", "--mirror");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void shouldRefuseAFolderWithOtherThings() throws IOException {
        train();
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("notes.txt"), "mine");
        assertThat(fetch("--base", base.toString(), "--out", other.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("--out", "not empty");
    }

    @Test
    void shouldRefuseAnotherModel() {
        assertThat(run("model", "fetch", "mail-huge")).isEqualTo(2);
        assertThat(errors.toString()).contains("mail-huge", "mail-large");
    }

    private void train() {
        assertThat(run(
                        "train",
                        "mail-large",
                        "--base",
                        base.toString(),
                        "--data",
                        data.toString(),
                        "--text",
                        "text",
                        "--topic",
                        "topic",
                        "--layers",
                        "2",
                        "--frozen",
                        "1",
                        "--rank",
                        "2",
                        "--max-length",
                        "32",
                        "--epochs",
                        "3",
                        "--rate",
                        "0.01",
                        "--out",
                        adapter.toString()))
                .as(errors.toString())
                .isZero();
    }

    private int fetch(String... more) {
        var arguments = new ArrayList<String>(List.of("model", "fetch", "mail-large", "--adapter", adapter.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Calls.run(console, errors, arguments);
    }
}
