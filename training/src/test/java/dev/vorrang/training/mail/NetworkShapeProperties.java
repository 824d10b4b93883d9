package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class NetworkShapeProperties {

    /** What a model has beside tables, heads and common words, at most; {@link ServingModelTest} measures it. */
    static final int GRAPH = 100_000;

    private static final int LARGEST_MODEL = 8_000_000 - CommonWords.MOST_BYTES;

    @Property
    void shouldFitIntoEightMegabytes(
            @ForAll @LongRange(max = 1_000_000_000) long parts,
            @ForAll @LongRange(max = 1_000_000_000) long words,
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 2, max = HeadLabels.MOST) Integer> labels) {
        NetworkShape shape = NetworkShape.of(parts, words, labels);
        assertThat(bytes(shape, labels)).isLessThan(LARGEST_MODEL);
        for (Reading reading : Reading.values()) {
            NetworkShape.Table table = shape.of(reading);
            assertThat(BigInteger.valueOf(table.rows()).isProbablePrime(50)).isTrue();
            assertThat(table.rows()).isGreaterThan(4_000);
            assertThat(table.width()).isBetween(48, 256).isEven();
        }
    }

    /** The numbers of the tables are half a byte each, their rows have a float32 and a float16 more, and the heads are float32. */
    static long bytes(NetworkShape shape, Collection<Integer> labels) {
        long bytes = GRAPH;
        for (Reading reading : Reading.values()) {
            NetworkShape.Table table = shape.of(reading);
            bytes += (long) table.rows() * (table.width() / 2 + 6) + 4L * table.width();
            bytes += labels.stream()
                    .mapToLong(count -> 4 * (table.width() + 1L) * count)
                    .sum();
        }
        return bytes;
    }

    @Example
    void shouldFitTheLargestOfAll() {
        List<Integer> labels = List.of(HeadLabels.MOST, HeadLabels.MOST, HeadLabels.MOST);
        assertThat(bytes(NetworkShape.of(Long.MAX_VALUE, Long.MAX_VALUE, labels), labels))
                .isLessThan(LARGEST_MODEL);
    }

    @Example
    void shouldBeAsWideAsTheLargestHeadNeeds() {
        assertThat(NetworkShape.of(10_000, 5_000, List.of(2, 3)).parts()).isEqualTo(new NetworkShape.Table(9_973, 48));
        assertThat(NetworkShape.of(10_000, 5_000, List.of(2, 3)).words()).isEqualTo(new NetworkShape.Table(4_999, 48));
        assertThat(NetworkShape.of(10_000, 5_000, List.of(12, 3)).parts().width())
                .isEqualTo(64);
        assertThat(NetworkShape.of(10_000, 5_000, List.of(3, 77)).parts().width())
                .isEqualTo(160);
        assertThat(NetworkShape.of(10_000, 5_000, List.of(150)).words().width()).isEqualTo(256);
        assertThat(NetworkShape.of(0, 0, List.of(2)).parts().rows()).isEqualTo(4_093);
    }

    @Example
    void shouldLeaveWhatPartsDoNotNeedToWords() {
        NetworkShape shape = NetworkShape.of(20_000, 1_000_000, List.of(2));
        assertThat(shape.parts().rows()).isEqualTo(19_997);
        assertThat(bytes(shape, List.of(2))).isGreaterThan(7_600_000);
    }
}
