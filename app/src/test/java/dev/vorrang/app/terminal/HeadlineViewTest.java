package dev.vorrang.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.WordEffect;
import dev.vorrang.schemas.view.Headline;
import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.schemas.view.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class HeadlineViewTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final HeadlineView view =
            new HeadlineView("Numbers, most pressing first", List.of(new Numbers()), false, List.of("Ctrl-C ends"));

    /** Those from 1 are urgent. */
    private static final class Numbers implements OutputView<WordEffect> {

        @Override
        public Class<WordEffect> type() {
            return WordEffect.class;
        }

        @Override
        public Headline headline(WordEffect value) {
            var severity = value.getEffect() >= 1 ? Severity.URGENT : Severity.LOW;
            var reason = new Reason("size", Map.of(), "it is " + value.getEffect());
            return new Headline("number " + value.getWord(), severity, List.of(reason), value.getWord(), NOW, "");
        }
    }

    @Test
    void shouldNeedNoRoomBeforeThereIsAnything() {
        assertThat(view.height()).isZero();
        assertThat(view.summary(NOW)).isEmpty();
    }

    @Test
    void shouldShowTheLatestOfEachKeyAndTheMostPressingFirst() {
        add("a", 0.5f);
        add("b", 0.2f);
        add("b", 2);
        view.addDeadLetter();

        assertThat(view.summary(NOW))
                .satisfiesExactly(
                        title -> assertThat(title).isEqualTo("Numbers, most pressing first"),
                        header -> assertThat(header).contains("SEVERITY", "TITLE", "REASONS"),
                        first -> assertThat(first).contains("urgent", "number b", "it is 2.0"),
                        second -> assertThat(second).contains("low", "number a", "it is 0.5"),
                        figures -> assertThat(figures)
                                .contains("3 outputs", "latency p50 5 ms, p99 5 ms", "1 dead letters"),
                        footer -> assertThat(footer).isEqualTo("Ctrl-C ends"));
        assertThat(view.lines(new WordEffect("c", 1f)))
                .singleElement()
                .asString()
                .contains("urgent", "number c");
    }

    @Test
    void shouldFitEveryTerminal() {
        for (int i = 0; i < 60; i++) {
            add("温度 " + i, 1 + i);
        }
        for (int width = 1; width <= 200; width++) {
            int limit = width;
            assertThat(view.draw(width, 20, NOW))
                    .hasSizeLessThanOrEqualTo(20)
                    .allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(limit));
        }
        assertThat(view.draw(120, 20, NOW))
                .extracting(AttributedString::toString)
                .anyMatch(line -> line.contains("less pressing"));
    }

    private void add(String word, float effect) {
        view.add(new WordEffect(word, effect), Duration.ofMillis(5), NOW);
    }
}
