package dev.vorrang.training.machine.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.training.evaluation.AlertFigures.Span;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitRuleTest {

    private static List<Severity> sizes(int... sizes) {
        return IntStream.range(0, sizes.length)
                .mapToObj(i -> new Severity(i + 1, new double[] {0, sizes[i]}, new int[] {0, 1}))
                .toList();
    }

    private static List<Span> alerts(int... sizes) {
        return new LimitRule(3).alerts(sizes(sizes), List.of("a", "b"));
    }

    @Test
    void shouldRaiseAtTheThirdOfFiveMinutesAndEndAfterTenQuietOnes() {
        assertThat(alerts(4, 0, 4, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9))
                .containsExactly(new Span(5, 15, List.of("b")));
    }

    @Test
    void shouldStayOpenToTheEnd() {
        assertThat(alerts(0, 4, 4, 4, 4)).containsExactly(new Span(4, 5, List.of("b")));
    }

    @Test
    void shouldRaiseNothingBelowTheLimit() {
        assertThat(alerts(3, 3, 3, 3, 3, 3)).isEmpty();
        assertThat(alerts(4, 0, 0, 0, 4, 4)).isEmpty();
        assertThat(new LimitRule(3).alerts(List.of(), List.of("a"))).isEmpty();
    }
}
