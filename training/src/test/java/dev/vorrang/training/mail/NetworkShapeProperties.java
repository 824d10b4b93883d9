package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
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
            @ForAll @Size(min = 1, max = 2) List<@IntRange(min = 2, max = HeadLabels.MOST) Integer> labels,
            @ForAll @Size(max = 2) List<@IntRange(min = 2, max = 100) Integer> own) {
        var branches = new ArrayList<List<Integer>>();
        branches.add(labels);
        own.forEach(count -> branches.add(List.of(count)));
        List<NetworkShape> shapes = NetworkShape.of(parts, words, branches);
        assertThat(bytes(shapes, branches)).isLessThan(LARGEST_MODEL);
        for (Reading reading : Reading.values()) {
            assertThat(shapes.stream().map(shape -> shape.of(reading).rows()).distinct())
                    .hasSize(1);
            for (int branch = 0; branch < shapes.size(); branch++) {
                NetworkShape.Table table = shapes.get(branch).of(reading);
                assertThat(BigInteger.valueOf(table.rows()).isProbablePrime(50)).isTrue();
                assertThat(table.rows()).isGreaterThan(4_000);
                assertThat(table.width()).isEven();
                if (branch == 0) {
                    assertThat(table.width()).isBetween(32, 256);
                } else {
                    int count = own.get(branch - 1);
                    assertThat(table.width()).isBetween(count, count + 1);
                }
            }
        }
    }

    /** The numbers of the tables are half a byte each, their rows have a float32 and a float16 more, and the heads are float32. */
    static long bytes(List<NetworkShape> shapes, List<? extends Collection<Integer>> branches) {
        long bytes = GRAPH;
        for (int branch = 0; branch < shapes.size(); branch++) {
            for (Reading reading : Reading.values()) {
                NetworkShape.Table table = shapes.get(branch).of(reading);
                bytes += (long) table.rows() * (table.width() / 2 + 6) + 4L * table.width();
                bytes += branches.get(branch).stream()
                        .mapToLong(count -> 4 * (table.width() + 1L) * count)
                        .sum();
            }
        }
        return bytes;
    }

    @Example
    void shouldFitTheLargestOfAll() {
        List<List<Integer>> branches = List.of(List.of(HeadLabels.MOST, HeadLabels.MOST, HeadLabels.MOST));
        assertThat(bytes(NetworkShape.of(Long.MAX_VALUE, Long.MAX_VALUE, branches), branches))
                .isLessThan(LARGEST_MODEL);
    }

    @Example
    void shouldBeAsWideAsTheLargestHeadNeeds() {
        assertThat(shape(10_000, 5_000, List.of(2, 3)).parts()).isEqualTo(new NetworkShape.Table(9_973, 48));
        assertThat(shape(10_000, 5_000, List.of(2, 3)).words()).isEqualTo(new NetworkShape.Table(4_999, 48));
        assertThat(shape(10_000, 5_000, List.of(12, 3)).parts().width()).isEqualTo(64);
        assertThat(shape(10_000, 5_000, List.of(3, 77)).parts().width()).isEqualTo(160);
        assertThat(shape(10_000, 5_000, List.of(150)).words().width()).isEqualTo(256);
        assertThat(shape(0, 0, List.of(2)).parts().rows()).isEqualTo(4_093);
    }

    @Example
    void shouldLeaveWhatPartsDoNotNeedToWords() {
        NetworkShape shape = shape(20_000, 1_000_000, List.of(2));
        assertThat(shape.parts().rows()).isEqualTo(19_997);
        assertThat(bytes(List.of(shape), List.of(List.of(2)))).isGreaterThan(7_600_000);
    }

    @Example
    void shouldGiveALinearBranchAColumnForEachLabel() {
        List<NetworkShape> shapes = NetworkShape.of(10_000, 5_000, List.of(List.of(13, 4, 9), List.of(3)));
        assertThat(shapes.get(0).parts()).isEqualTo(new NetworkShape.Table(9_973, 80));
        assertThat(shapes.get(0).linear()).isFalse();
        assertThat(shapes.get(1).words()).isEqualTo(new NetworkShape.Table(4_999, 4));
        assertThat(shapes.get(1).linear()).isTrue();
    }

    private static NetworkShape shape(long parts, long words, List<Integer> labels) {
        return NetworkShape.of(parts, words, List.of(labels)).get(0);
    }
}
