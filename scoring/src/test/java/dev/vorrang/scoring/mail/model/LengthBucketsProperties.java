package dev.vorrang.scoring.mail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LengthBucketsProperties {

    @Property
    void shouldPutEachMailIntoTheSmallestBucketThatHoldsIt(
            @ForAll @IntRange(min = 1, max = 600) int maxLength,
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 600) Integer> raw) {
        int[] lengths =
                raw.stream().mapToInt(length -> length % (maxLength + 1)).toArray();
        var buckets = LengthBuckets.doubling(maxLength);
        var seen = new ArrayList<Integer>();
        int longestBefore = -1;
        for (int[] places : buckets.divide(lengths)) {
            assertThat(places).isNotEmpty().isSorted();
            int shortest = Integer.MAX_VALUE;
            int longest = 0;
            for (int place : places) {
                seen.add(place);
                shortest = Math.min(shortest, lengths[place]);
                longest = Math.max(longest, lengths[place]);
            }
            assertThat(shortest).as("buckets do not overlap").isGreaterThan(longestBefore);
            assertThat(bound(buckets, shortest)).isEqualTo(bound(buckets, longest));
            longestBefore = bound(buckets, longest);
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(lengths.length);
    }

    @Property
    void shouldPadAMailToLessThanTwiceItsLength(@ForAll @IntRange(min = 17, max = 4096) int length) {
        assertThat(bound(LengthBuckets.doubling(4096), length)).isLessThan(2 * length);
    }

    @Example
    void shouldEndWithTheLongestLength() {
        assertThat(LengthBuckets.doubling(100).bounds()).containsExactly(16, 32, 64, 100);
        assertThat(LengthBuckets.doubling(64).bounds()).containsExactly(16, 32, 64);
        assertThat(LengthBuckets.doubling(5).bounds()).containsExactly(5);
    }

    @Example
    void shouldRefuseALengthBeyondTheLast() {
        assertThatThrownBy(() -> LengthBuckets.doubling(20).divide(new int[] {3, 21}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("21 tokens")
                .hasMessageContaining("20");
    }

    private static int bound(LengthBuckets buckets, int length) {
        return buckets.bounds().stream()
                .filter(bound -> bound >= length)
                .findFirst()
                .orElseThrow();
    }
}
