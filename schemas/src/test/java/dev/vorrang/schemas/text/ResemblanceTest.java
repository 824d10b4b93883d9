package dev.vorrang.schemas.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResemblanceTest {

    @Test
    void shouldBeTheShareOfWhatShortTextsHaveInCommon() {
        assertThat(Resemblance.of(List.of(1, 2, 3, 4), List.of(2, 3, 4, 9))).isEqualTo(3 / 5.0);
        assertThat(Resemblance.of(List.of(1, 2), List.of(3, 4))).isZero();
    }

    @Test
    void shouldCompareOfLongTextsTheSmallestHashesOfBoth() {
        var even = range(0, 2);
        // Of 0 to 15 together every other one is even.
        assertThat(Resemblance.of(even, range(0, 1))).isEqualTo(8 / 16.0);
        assertThat(Resemblance.of(even, even)).isEqualTo(1);
    }

    @Test
    void shouldFindNothingInCommonWithATextThatIsTooShort() {
        assertThat(Resemblance.of(List.of(), List.of())).isZero();
        assertThat(Resemblance.of(List.of(), List.of(1, 2, 3))).isZero();
    }

    private static List<Integer> range(int from, int step) {
        return IntStream.range(0, Resemblance.SIZE)
                .mapToObj(i -> from + i * step)
                .toList();
    }
}
