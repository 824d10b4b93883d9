package dev.vorrang.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.bench.BatchSizes.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSizesTest {

    @Test
    void shouldPutAFullBatchInTheRangeThatEndsWithIt() {
        var sizes = new BatchSizes();
        sizes.add(1);
        sizes.add(256);
        sizes.add(256);

        var ranges = sizes.ranges();

        assertThat(ranges).hasSize(9);
        assertThat(ranges.get(0)).isEqualTo(new Range(1, 1, 1, 1));
        assertThat(ranges.get(1)).isEqualTo(new Range(2, 2, 0, 0));
        assertThat(ranges.get(8)).isEqualTo(new Range(129, 256, 2, 512));
        assertThat(sizes.mean()).isEqualTo(171);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 255, 256, 257, 1_000, 65_535, 65_536})
    void shouldKeepEverySizeInARangeThatHasIt(int size) {
        var sizes = new BatchSizes();
        sizes.add(size);

        var range = sizes.ranges().get(sizes.ranges().size() - 1);

        assertThat(size).isBetween(range.from(), range.to());
        assertThat(range.records()).isEqualTo(size);
    }
}
