package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 128, 129, 1_731})
    void shouldCutRowsIntoBatchesOfLikeSize(int count) {
        List<Integer> rows = IntStream.range(0, count).boxed().toList();
        List<List<Integer>> batches = Batches.of(rows, 64);
        assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
        int rounded = count / batches.size();
        assertThat(batches).hasSize((count + 63) / 64).allSatisfy(batch -> assertThat(batch)
                .hasSizeBetween(rounded, Math.min(64, rounded + 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void shouldMakeNoBatchOfNothing(int most) {
        assertThat(Batches.of(List.of(), most)).isEmpty();
    }
}
