package dev.vorrang.app.terminal;

import static dev.vorrang.app.streams.mail.terminal.Scores.NOW;
import static dev.vorrang.app.streams.mail.terminal.Scores.score;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.streams.machine.terminal.MachineColumns;
import dev.vorrang.app.streams.mail.terminal.ScoreBoard;
import dev.vorrang.app.streams.mail.terminal.ScoreTable;
import dev.vorrang.schemas.Priority;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** At every width of a terminal nothing is wider than it, and what stands below the tables can be read to its end. */
class TerminalWidthsTest {

    private static final int HEIGHT = 30;
    private static final String FOOTER =
            "broker 127.0.0.1:40001  ·  registry http://127.0.0.1:40002  ·  MQTT 127.0.0.1:40003  ·  Ctrl-C ends";

    private final ScoreBoard board = new ScoreBoard();
    private final ScoreTable table = new ScoreTable("The service desk's mail", false, FOOTER);

    @Test
    void shouldShowFiguresAndFooterWholeFrom40To200Columns() {
        for (int i = 0; i < 5; i++) {
            board.add(score("mail-" + i, Priority.URGENT, 0.9), Duration.ofMillis(1_234), NOW);
        }
        board.addDeadLetter();
        for (int width = 40; width <= 200; width++) {
            var lines = table.draw(board.snapshot(NOW), width, HEIGHT);
            var text = lines.stream().map(AttributedString::toString).collect(Collectors.joining(" "));

            for (String part : FOOTER.split("  ·  ")) {
                assertThat(text).as("width " + width).contains(part);
            }
            assertThat(text)
                    .as("width " + width)
                    .contains("5 urgent, 0 high, 0 normal, 0 low", "p99", "1 dead letters");
            assertThat(lines).hasSizeLessThanOrEqualTo(HEIGHT);
            int limit = width;
            assertThat(lines).allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(limit));
        }
    }

    @Test
    void shouldShowMachinesFrom40To200Columns() {
        var machines = new AlertTable<>("Machines", new Cells(false), new MachineColumns());
        for (int width = 40; width <= 200; width++) {
            int limit = width;
            assertThat(machines.draw(new AlertBoard<>(MachineColumns.ROWS).snapshot(), width, HEIGHT))
                    .allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(limit))
                    .noneSatisfy(line -> assertThat(line.toString()).contains("latency…"));
        }
    }

    @Test
    void shouldKeepOneLineWhereThereIsRoom() {
        assertThat(Cells.wrap(new AttributedString(FOOTER), 200)).hasSize(1);
        assertThat(Cells.wrap(new AttributedString(FOOTER), 80))
                .extracting(AttributedString::toString)
                .containsExactly(
                        "broker 127.0.0.1:40001  ·  registry http://127.0.0.1:40002  ",
                        "MQTT 127.0.0.1:40003  ·  Ctrl-C ends");
    }
}
