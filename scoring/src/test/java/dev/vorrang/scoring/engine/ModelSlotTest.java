package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.engine.batch.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelSlotTest {

    private static final BatchSettings BATCH = BatchSettings.defaults().withFailureLimit(2);

    /** Says its version; fails for negative numbers, and for all if it is broken. */
    private static final class Versioned implements Model<Integer, String> {

        private final String version;
        private final AtomicInteger closed = new AtomicInteger();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch release;
        private volatile boolean broken;

        Versioned(String version, CountDownLatch release) {
            this.version = version;
            this.release = release;
        }

        @Override
        public ModelRef reference() {
            return new ModelRef("versioned", version);
        }

        @Override
        public Integer probe() {
            return 0;
        }

        @Override
        public List<String> apply(List<Integer> inputs) {
            entered.countDown();
            try {
                assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(closed).as("closed while it is called").hasValue(0);
            if (broken || inputs.stream().anyMatch(input -> input < 0)) {
                throw new IllegalArgumentException("negative");
            }
            return inputs.stream().map(input -> version).toList();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void shouldCloseAReplacedModelAfterItsLastCall() throws Exception {
        var release = new CountDownLatch(1);
        var old = new Versioned("1", release);
        var next = new Versioned("2", new CountDownLatch(0));
        var slot = new ModelSlot<>(old, BATCH);
        var running = CompletableFuture.supplyAsync(() -> slot.predict(List.of(1, 2)));
        assertThat(old.entered.await(30, TimeUnit.SECONDS)).isTrue();

        slot.replace(next);

        assertThat(old.closed).hasValue(0);
        assertThat(predictions(slot.predict(List.of(3))).get(0).models())
                .containsExactly(new ModelRef("versioned", "2"));
        release.countDown();
        assertThat(predictions(running.get(30, TimeUnit.SECONDS)))
                .allSatisfy(
                        prediction -> assertThat(prediction.models()).containsExactly(new ModelRef("versioned", "1")));
        assertThat(old.closed).hasValue(1);
        slot.close();
        assertThat(next.closed).hasValue(1);
        assertThat(slot.inService()).containsExactly(new ModelRef("versioned", "2"));
        assertThatThrownBy(() -> slot.predict(List.of(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNameTheModelThatFailed() {
        var slot = new ModelSlot<>(new Versioned("1", new CountDownLatch(0)), BATCH);

        var outcomes = slot.predict(List.of(1, -1, 2));

        assertThat(((Outcome.Failed<Prediction<String>>) outcomes.get(1)).model())
                .contains(new ModelRef("versioned", "1"));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Scored.class);
    }

    @Test
    void shouldNotHoldOneModelsFailuresAgainstItsSuccessor() {
        var broken = new Versioned("1", new CountDownLatch(0));
        broken.broken = true;
        var slot = new ModelSlot<>(broken, BATCH);
        assertThatThrownBy(() -> slot.predict(List.of(1))).isInstanceOf(ModelFailingException.class);

        slot.replace(new Versioned("2", new CountDownLatch(0)));

        assertThat(predictions(slot.predict(List.of(1))).get(0).value()).isEqualTo("2");
    }

    private static List<Prediction<String>> predictions(List<Outcome<Prediction<String>>> outcomes) {
        return outcomes.stream()
                .map(outcome -> ((Outcome.Scored<Prediction<String>>) outcome).score())
                .toList();
    }
}
