package dev.vorrang.app.terminal;

import static dev.vorrang.app.terminal.Scores.NOW;
import static dev.vorrang.app.terminal.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.schemas.Priority;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;

class LiveScreenTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void shouldGoOnDrawingWhenThereIsMoreThanFits() throws IOException {
        var terminal = new ExternalTerminal(
                "test", "xterm-256color", new ByteArrayInputStream(new byte[0]), written, StandardCharsets.UTF_8);
        terminal.setSize(new Size(120, 14));
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);

        try (var screen = LiveScreen.open(terminal, new ScoreTable("Title", true, "footer"), clock)) {
            for (int i = 0; i < 50; i++) {
                screen.show(score("mail-" + i, Priority.NORMAL, 0.3), Duration.ofMillis(5));
            }
            await().until(() -> text().contains("less pressing"));
            screen.show(score("late", Priority.URGENT, 0.9), Duration.ofMillis(5));

            await().untilAsserted(() -> assertThat(text()).contains("subject of late"));
        }

        assertThat(text()).as("back on the first screen").contains("\u001b[?1049l");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
