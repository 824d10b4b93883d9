package dev.vorrang.scoring.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MicroBatcherTest {

    /** Of each item. */
    private static final long BYTES = 10;

    private final List<Integer> batchSizes = new ArrayList<>();
    private final List<Integer> concluded = new ArrayList<>();

    /** What the thread may tell the batcher. */
    enum Step {
        ADD,
        POLL_COMPLETE,
        BEFORE_COMMIT
    }

    @Property(tries = 300)
    void shouldConcludeEachItemOnceAndInOrder(
            @ForAll List<Step> steps, @ForAll @IntRange(min = 1, max = 9) int maxSize) {
        batchSizes.clear();
        concluded.clear();
        var batcher = batcher(BatchSettings.defaults().withMaxSize(maxSize), (item, outcome) -> concluded.add(item));
        int added = 0;
        for (Step step : steps) {
            switch (step) {
                case ADD -> batcher.add(added++);
                case POLL_COMPLETE -> batcher.pollComplete();
                case BEFORE_COMMIT -> batcher.flush();
            }
            assertThat(batcher.size()).isLessThan(maxSize);
            assertThat(concluded).as("all but those held").hasSize(added - batcher.size());
            if (step != Step.ADD) {
                assertThat(batcher.size()).isZero();
            }
        }
        assertThat(concluded).isSorted().doesNotHaveDuplicates();
        assertThat(batchSizes).allMatch(size -> size >= 1 && size <= maxSize);
    }

    @Test
    void shouldScoreWhenTheSizeIsReachedAndNotLater() {
        var batcher = batcher(BatchSettings.defaults().withMaxSize(2), (item, outcome) -> concluded.add(item));

        batcher.add(1);
        assertThat(batchSizes).isEmpty();
        batcher.add(2);
        assertThat(batchSizes).containsExactly(2);
    }

    @Test
    void shouldHoldOnAfterThePollWhenItMayLinger() {
        var batcher = batcher(
                BatchSettings.defaults().withLinger(Duration.ofMillis(5)), (item, outcome) -> concluded.add(item));

        batcher.add(1);
        batcher.pollComplete();
        assertThat(concluded).isEmpty();
        batcher.flush();
        assertThat(concluded).containsExactly(1);
    }

    @Test
    void shouldScoreWhenTheBytesAreReachedAndCountThemAnew() {
        var batcher = batcher(BatchSettings.defaults().withMaxBytes(21), (item, outcome) -> concluded.add(item));

        for (int item = 0; item < 7; item++) {
            batcher.add(item);
        }
        assertThat(batchSizes).containsExactly(3, 3);
        batcher.discardIf(item -> true);
        batcher.add(7);
        batcher.add(8);
        assertThat(batchSizes).as("what was let go of counts no longer").hasSize(2);
        batcher.add(9);
        assertThat(batchSizes).containsExactly(3, 3, 3);
    }

    @Test
    void shouldHoldEverythingWhenScoringFailsAndGoNoFurther() {
        var calls = new int[1];
        var batcher = new MicroBatcher<Integer, String>(
                items -> {
                    calls[0]++;
                    throw new ModelFailingException("broken", null);
                },
                BatchSettings.defaults(),
                item -> 1,
                (item, outcome) -> concluded.add(item));
        batcher.add(1);

        assertThatThrownBy(batcher::flush).isInstanceOf(ModelFailingException.class);
        assertThatThrownBy(batcher::flush).as("a commit on the way out").isInstanceOf(ModelFailingException.class);
        assertThatThrownBy(() -> batcher.add(2)).isInstanceOf(ModelFailingException.class);

        assertThat(batcher.size()).isEqualTo(1);
        assertThat(calls[0]).isEqualTo(1);
        assertThat(concluded).isEmpty();
    }

    @Test
    void shouldHoldTheItemWhoseOutcomeCouldNotBeTakenAndThoseAfterIt() {
        var batcher = batcher(BatchSettings.defaults(), (item, outcome) -> {
            if (item == 2) {
                throw new IllegalStateException("cannot send");
            }
            concluded.add(item);
        });
        List.of(1, 2, 3).forEach(batcher::add);

        assertThatThrownBy(batcher::flush).hasMessage("cannot send");

        assertThat(concluded).containsExactly(1);
        assertThat(batcher.size()).isEqualTo(2);
    }

    @Test
    void shouldStartAnewOnceEverythingIsDiscarded() {
        var fail = new boolean[] {true};
        var batcher = batcher(BatchSettings.defaults(), (item, outcome) -> {
            if (fail[0]) {
                throw new IllegalStateException("cannot send");
            }
            concluded.add(item);
        });
        List.of(1, 2).forEach(batcher::add);
        assertThatThrownBy(batcher::flush).hasMessage("cannot send");

        batcher.discardIf(item -> item == 1);
        assertThatThrownBy(batcher::flush).as("2 is held still").hasMessage("cannot send");
        batcher.discardIf(item -> item == 2);
        fail[0] = false;
        batcher.add(3);
        batcher.flush();

        assertThat(concluded).containsExactly(3);
    }

    @Test
    void shouldNameSettingValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> BatchSettings.defaults().withMaxSize(0))
                .hasMessage("maxSize 0: allowed is 1 to 65536");
        assertThatThrownBy(() -> BatchSettings.defaults().withLinger(Duration.ofMillis(-1)))
                .hasMessage("linger PT-0.001S: allowed is 0 to 1 minute");
        assertThatThrownBy(() -> BatchSettings.defaults().withFailureLimit(0))
                .hasMessage("failureLimit 0: allowed is 1 or more");
    }

    private MicroBatcher<Integer, String> batcher(
            BatchSettings settings, BiConsumer<Integer, Outcome<String>> outcomes) {
        return new MicroBatcher<>(
                items -> {
                    batchSizes.add(items.size());
                    return items.stream()
                            .<Outcome<String>>map(item -> new Outcome.Scored<>("score " + item))
                            .toList();
                },
                settings,
                item -> BYTES,
                outcomes);
    }
}
