package dev.vorrang.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 2 for wrong usage and settings, 1 for what failed: of every command, before it has done any work. */
class ExitCodesTest {

    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.writeString(folder.resolve("mails.csv"), "text,topic\nx,a\n");
        Files.writeString(folder.resolve("readings.csv"), "m,time,v\nx,1,2\n");
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.writeString(folder.resolve("bad.yaml"), "kafka: {port: none}\n");
        Files.createDirectories(folder.resolve("full/x"));
        Files.createDirectories(folder.resolve("model"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rnu",
                "decode",
                "decode mail --in none --out -",
                "decode mail --in mails.csv --out none/o",
                "score",
                "score mail --in none --out o",
                "score mail --in mails.csv --out o",
                "score mail --in mails.csv --text none --out o",
                "score mail --in mails.csv --text text --out none/o",
                "score mail --in mails.csv --text text --out o --model none",
                "score machine --in none --model model --out o",
                "score machine --in readings.csv --model none --out o",
                "train mail --data none --text text --topic topic --out o",
                "train mail --data mails.csv --text none --topic topic --out o",
                "train mail --data mails.csv --text text --topic none --out o",
                "train mail --data mails.csv --text text --topic topic --out full",
                "train mail --data mails.csv --text text --topic topic --from none --out o",
                "train mail --data mails.csv --text text --topic topic --mapping none --out o",
                "train mail --data mails.csv --text text --topic topic --epochs 0 --out o",
                "train machine --kind none --data readings.csv --out o",
                "train machine --kind anomaly --data none --out o",
                "train machine --kind anomaly --data readings.csv --machine none --out o",
                "train machine --kind anomaly --data readings.csv --out full",
                "train machine --kind fault --data readings.csv --target none --out o",
                "train machine --kind rul --data readings.csv --target v --labels none --out o",
                "evaluate mail --model none --data mails.csv --text text --topic topic",
                "evaluate mail --data none --text text --topic topic",
                "evaluate mail --model ../models/mail-triage/3 --data mails.csv --text none --topic topic",
                "evaluate mail --data mails.csv --text text",
                "evaluate machine --model none --data readings.csv --report o",
                "evaluate machine --data none --target v --report o",
                "evaluate machine --model ../models/machine-anomaly/1 --data readings.csv --target none --report o",
                "doctor --config none",
                "doctor --config bad.yaml",
                "run --config none",
                "run --config bad.yaml",
                "run --config full",
                "maintenance --config bad.yaml --machine m",
                "accept --config bad.yaml --machine m",
                "replay machine --config bad.yaml --in readings.csv --time time",
                "replay machine --config bad.yaml --in none --time time",
                "replay demand --config bad.yaml --in readings.csv --time time",
                "replay --in readings.csv --time time",
                "topic mail.scored --config bad.yaml",
                "topic mail.scored --config bad.yaml --max none",
                "topic --config bad.yaml",
                "bench mail --batch 0",
                "bench mail --model none",
                "bench machine --model none",
                "crashtest --records 1",
                "crashtest --keep full",
                "demo --speed 0",
                "demo --model none",
                "demo --broker-port 99999",
                "demo --registry-port -1"
            })
    void shouldEndWith2ForWrongUsageAndSettings(String arguments) {
        assertThat(execute(arguments)).as(errors.toString()).isEqualTo(2);
        assertThat(errors.toString()).startsWith("vorrang: ").doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decode mail --in empty.csv --out -",
                "score mail --in empty.csv --text text --out o",
                "score mail --in mails.csv --text text --out o --model model",
                "score machine --in readings.csv --model model --out o",
                "train mail --data empty.csv --text text --topic topic --out o",
                "train mail --data mails.csv --text text --topic topic --out o",
                "train machine --kind anomaly --data empty.csv --out o",
                "evaluate mail --model model --data mails.csv --text text --topic topic",
                "evaluate machine --model model --data readings.csv --target v --report o",
                "bench mail --model model"
            })
    void shouldEndWith1ForWhatFailed(String arguments) {
        assertThat(execute(arguments)).as(errors.toString()).isEqualTo(1);
        assertThat(errors.toString()).startsWith("vorrang: ").doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "run --confg x, --config",
        "rnu, run",
        "train mial, mail",
        "score mail --in mails.csv --ot o, --out",
        "topic mail.scored --confg=x, --config",
        "demo --onse, --once"
    })
    void shouldNameWhatWasMeant(String arguments, String meant) {
        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(errors.toString()).contains("did you mean " + meant + "?");
    }

    @Test
    void shouldNameAllProblemsOfSettingsAtOnce() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), """
                kafka: {port: none}
                streams:
                  mail:
                    models: [{folder: none/model}]
                    routes: [{queue: q, when: 'mail.subjct == "x"'}]
                    priority: {rules: [{name: r, when: 'mail.text >', add: 0.1}]}
                  machine: {models: [{folder: none/machine}]}
                ingest:
                  mailboxes: [{name: m, host: h, user: u, password-file: none/imap-pass}]
                  machines: [{name: x, connector: mqtt}]
                """);

        assertThat(execute("run --config bad.yaml")).isEqualTo(2);

        assertThat(errors.toString().lines().skip(1))
                .anySatisfy(line -> assertThat(line).contains("kafka.port = 'none'", "line 1", "allowed is"))
                .anySatisfy(line -> assertThat(line)
                        .contains("streams.mail.models[0].folder", "line 4", "'none/model'", "allowed is"))
                .anySatisfy(line ->
                        assertThat(line).contains("machine.models[0].folder", "line 7", "'none/machine'", "allowed is"))
                .anySatisfy(line -> assertThat(line).contains("routes[0].when", "line 5", "subjct", "allowed is"))
                .anySatisfy(line -> assertThat(line).contains("priority.rules[0].when", "line 6", "allowed is"))
                .anySatisfy(line -> assertThat(line)
                        .contains("ingest.mailboxes[0].password-file", "line 9", "'none/imap-pass'", "allowed is"));
    }

    private int execute(String arguments) {
        var commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(new StringWriter(), true));
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(inFolder(arguments));
    }

    /** With the files of this test in place of their names. */
    private String[] inFolder(String arguments) {
        return arguments
                .replaceAll(
                        "(?<=--(in|out|data|model|from|mapping|labels|config|keep) )([a-z/]+(\\.[a-z]+)?)",
                        folder + "/$2")
                .split(" ");
    }
}
