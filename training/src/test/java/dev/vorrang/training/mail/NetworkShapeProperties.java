package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class NetworkShapeProperties {

    /** What a model has beside table and heads, at most; {@link ServingModelTest} measures it. */
    static final int GRAPH = 100_000;

    private static final int LARGEST_MODEL = 8_000_000;

    @Property
    void shouldFitIntoEightMegabytes(
            @ForAll @LongRange(max = 1_000_000_000) long features,
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 2, max = HeadLabels.MOST) Integer> labels) {
        NetworkShape shape = NetworkShape.of(features, labels);
        assertThat(bytes(shape, labels)).isLessThan(LARGEST_MODEL);
        assertThat(BigInteger.valueOf(shape.rows()).isProbablePrime(50)).isTrue();
        assertThat(shape.rows()).isGreaterThan(4_000);
        assertThat(shape.width()).isBetween(48, 256);
    }

    /** The numbers of the table are a byte each, its rows have a float32 and a float16 more, and the heads are float32. */
    private static long bytes(NetworkShape shape, List<Integer> labels) {
        long table = (long) shape.rows() * (shape.width() + 6);
        long heads =
                labels.stream().mapToLong(count -> (shape.width() + 1L) * count).sum();
        return table + 4 * (shape.width() + heads) + GRAPH;
    }

    @Example
    void shouldFitTheLargestOfAll() {
        List<Integer> labels = List.of(HeadLabels.MOST, HeadLabels.MOST, HeadLabels.MOST);
        assertThat(bytes(NetworkShape.of(Long.MAX_VALUE, labels), labels)).isLessThan(LARGEST_MODEL);
    }

    @Example
    void shouldBeAsWideAsTheLargestHeadNeeds() {
        assertThat(NetworkShape.of(10_000, List.of(2, 3))).isEqualTo(new NetworkShape(9_973, 48));
        assertThat(NetworkShape.of(10_000, List.of(12, 3))).isEqualTo(new NetworkShape(9_973, 64));
        assertThat(NetworkShape.of(10_000, List.of(3, 77))).isEqualTo(new NetworkShape(9_973, 160));
        assertThat(NetworkShape.of(10_000, List.of(150))).isEqualTo(new NetworkShape(9_973, 256));
        assertThat(NetworkShape.of(0, List.of(2)).rows()).isEqualTo(4_093);
    }
}
