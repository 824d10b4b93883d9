package dev.vorrang.app.terminal;

import static dev.vorrang.app.streams.mail.terminal.Scores.NOW;
import static dev.vorrang.app.streams.mail.terminal.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.app.streams.machine.terminal.MachineColumns;
import dev.vorrang.app.streams.mail.terminal.MailView;
import dev.vorrang.app.streams.mail.terminal.ScoreTable;
import dev.vorrang.schemas.Priority;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class LiveScreenTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private final ByteArrayOutputStream last = new ByteArrayOutputStream();

    @Test
    void shouldGoOnDrawingWhenThereIsMoreThanFits() throws IOException {
        try (var screen = open(terminal())) {
            for (int i = 0; i < 50; i++) {
                screen.show("mail", score("mail-" + i, Priority.NORMAL, 0.3), Duration.ofMillis(5));
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> text(written).contains("less pressing"));
            screen.show("mail", score("late", Priority.URGENT, 0.9), Duration.ofMillis(5));

            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(text(written)).contains("subject of late"));
        }

        assertThat(text(last)).as("back on the first screen").contains("\u001b[?1049l");
    }

    @Test
    void shouldLeaveTheLastTableThoughTheTerminalWasClosedBeforeIt() throws IOException {
        var terminal = terminal();
        var screen = open(terminal);
        screen.show("mail", score("a", Priority.URGENT, 0.9), Duration.ofMillis(5));
        terminal.close();

        screen.close();

        assertThat(text(last)).contains("\u001b[?1049l").contains("subject of a");
    }

    @Test
    void shouldLeaveATableThatFitsATerminalThatWasMadeNarrower() throws IOException {
        var terminal = terminal();
        var screen = open(terminal);
        screen.show("mail", score("a", Priority.URGENT, 0.9), Duration.ofMillis(5));
        await().atMost(Duration.ofMinutes(2)).until(() -> text(written).contains("subject of a"));
        terminal.setSize(new Size(66, 14));

        screen.close();

        assertThat(text(last)).containsSubsequence("\u001b[2J", "\u001b[?1049l", "\r\u001b[J");
        assertThat(text(last).lines().map(line -> AttributedString.fromAnsi(line)
                        .columnLength()))
                .isNotEmpty()
                .allSatisfy(columns -> assertThat(columns).isLessThanOrEqualTo(66));
    }

    private ExternalTerminal terminal() throws IOException {
        var terminal = new ExternalTerminal(
                "test", "xterm-256color", new ByteArrayInputStream(new byte[0]), written, StandardCharsets.UTF_8);
        terminal.setSize(new Size(120, 14));
        return terminal;
    }

    private LiveScreen open(ExternalTerminal terminal) {
        var views = new LinkedHashMap<String, StreamView>();
        views.put("mail", new MailView(new ScoreTable("Title", true, "footer")));
        views.put(
                "machine",
                new AlertView<>(
                        MachineColumns.ROWS, new AlertTable<>("Machines", new Cells(true), new MachineColumns()), 30));
        return LiveScreen.open(
                terminal,
                new PrintWriter(last, false, StandardCharsets.UTF_8),
                views,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static String text(ByteArrayOutputStream written) {
        return written.toString(StandardCharsets.UTF_8);
    }
}
