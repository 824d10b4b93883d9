package dev.vorrang.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class ActionViewTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final int WIDTH = 80;

    private final ActionView view = new ActionView(false);

    @Test
    void shouldShowNothingBeforeTheFirstAction() {
        assertThat(view.height()).isZero();
        assertThat(view.draw(WIDTH, 10, NOW)).isEmpty();
    }

    @Test
    void shouldShowTheLatestOfEachActionAndHowManyThereWere() {
        add("call", "phone", "Server room is on fire");
        add("lamp", "plant", "pump-3: anomaly");
        add("call", "phone", "x\u001b[2J" + "y".repeat(200));

        assertThat(view.height()).isEqualTo(3);
        assertThat(view.draw(WIDTH, 10, NOW))
                .allMatch(line -> line.columnLength() <= WIDTH)
                .extracting(AttributedString::toString)
                .noneMatch(line -> line.contains("\u001b"))
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("ACTION"),
                        call -> assertThat(call).matches("call +phone +2 +x.*y+…"),
                        lamp -> assertThat(lamp).matches("lamp +plant +1 +pump-3: anomaly *"));
        assertThat(view.draw(WIDTH, 2, NOW)).hasSize(2);
    }

    @Test
    void shouldSayEachActionInOneLine() {
        assertThat(view.lines(action("call", "phone", "Fire\nin the hall")))
                .singleElement()
                .asString()
                .startsWith("action call -> phone: urgent, Fire")
                .doesNotContain("\n");
    }

    private void add(String name, String sink, String title) {
        view.add(action(name, sink, title), Duration.ZERO, NOW);
    }

    private static Action action(String name, String sink, String title) {
        return Action.newBuilder()
                .setId("1")
                .setName(name)
                .setSink(sink)
                .setStream("mail")
                .setRecord("m1")
                .setSeverity(Priority.URGENT)
                .setTitle(title)
                .setRecordKey("t1")
                .setTime(NOW)
                .setLink("")
                .setPosition(new Position("mail.scored", 0, 1L))
                .setCreatedAt(NOW)
                .build();
    }
}
