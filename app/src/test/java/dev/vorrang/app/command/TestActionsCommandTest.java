package dev.vorrang.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestActionsCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String yaml, String... further) throws IOException {
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(file, "ingest: {mode: external}\n" + yaml);
        var arguments = new ArrayList<>(List.of("actions", "test", "--config", file.toString()));
        arguments.addAll(List.of(further));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void shouldSayWhatWouldHappen() throws IOException {
        int code = execute("""
                actions:
                  rules:
                    - name: page
                      stream: mail
                      when: priority == "URGENT"
                      sink: pager
                      group: {by: [topic], window: 10m}
                      rate: {messages: 20}
                      quiet-hours: {from: 00:00, to: 00:00, zone: Europe/Berlin}
                      escalate: [{after: 15m, sink: pager}]
                    - {name: lamp, stream: machine, when: kind == "SILENT", sink: pager}
                    - {name: order, stream: demand, when: kind == "STOCKOUT_AHEAD", sink: pager}
                    - {name: broken, stream: mail, when: 'topics["nothing"] > 0.5', sink: pager}
                sinks: [{name: pager, connector: external}]
                """);

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString().lines().map(String::strip))
                .contains(
                        "page: priority == \"URGENT\"",
                        "condition    met by a sample of mail, 'Nothing works since this morning', URGENT",
                        "quiet hours  00:00 to 00:00 Europe/Berlin, now: HOLD",
                        "group        by topic, a message each 10 min",
                        "rate         20 messages in 60 min at most",
                        "then         pager, if nobody acknowledges within 15 min",
                        "condition    not met by a sample of machine, 'press-1: fault', URGENT",
                        "condition    met by a sample of demand, 'item-1: stockout ahead', URGENT")
                .anyMatch(line -> line.startsWith("condition    failed: "));
    }

    @Test
    void shouldNameTheRulesThatThereAre() throws IOException {
        String rules = """
                actions: {rules: [{name: page, stream: mail, when: "true", sink: pager}]}
                sinks: [{name: pager, connector: external}]
                """;
        assertThat(execute(rules, "--action", "pgae")).isEqualTo(2);
        assertThat(err.toString()).contains("--action pgae: allowed is one of page");
        assertThat(execute("")).isEqualTo(1);
        assertThat(err.toString()).contains("actions.rules: there is none");
    }
}
