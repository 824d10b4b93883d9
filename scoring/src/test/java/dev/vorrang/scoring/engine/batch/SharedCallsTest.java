package dev.vorrang.scoring.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedCallsTest {

    /** Sizes of the calls that the function got, in order. */
    private final List<Integer> calls = Collections.synchronizedList(new ArrayList<>());

    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    /** A thread that wants a batch scored. */
    private record Caller(Thread thread, FutureTask<List<Integer>> answers) {

        /** Returns when it waits. */
        static Caller start(SharedCalls<Integer, Integer> shared, List<Integer> inputs) {
            var answers = new FutureTask<>(() -> shared.apply(inputs));
            var thread = new Thread(answers);
            thread.setDaemon(true);
            thread.start();
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> thread.getState() == Thread.State.WAITING);
            return new Caller(thread, answers);
        }
    }

    /** Tenfold; the first call ends when it may, and whatever has a negative input fails. */
    private List<Integer> tenfold(List<Integer> inputs) {
        calls.add(inputs.size());
        if (calls.size() == 1) {
            await(firstMayEnd);
        }
        if (inputs.stream().anyMatch(input -> input < 0)) {
            throw new IllegalArgumentException("negative");
        }
        return inputs.stream().map(input -> 10 * input).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldScoreTogetherWhatWaits() throws Exception {
        var shared = new SharedCalls<>(this::tenfold, 1, 100);
        var first = Caller.start(shared, List.of(1));
        var second = Caller.start(shared, List.of(2, 3));
        var third = Caller.start(shared, List.of(4));
        var fourth = Caller.start(shared, List.of(5, 6, 7));
        firstMayEnd.countDown();
        assertThat(first.answers().get()).containsExactly(10);
        assertThat(second.answers().get()).containsExactly(20, 30);
        assertThat(third.answers().get()).containsExactly(40);
        assertThat(fourth.answers().get()).containsExactly(50, 60, 70);
        assertThat(calls).containsExactly(1, 6);
    }

    @Test
    void shouldMakeNoSharedCallLargerThanItMayBe() throws Exception {
        var shared = new SharedCalls<>(this::tenfold, 1, 4);
        var callers = new ArrayList<Caller>();
        callers.add(Caller.start(shared, List.of(1)));
        for (int i = 0; i < 4; i++) {
            callers.add(Caller.start(shared, List.of(i, i)));
        }
        callers.add(Caller.start(shared, List.of(1, 2, 3, 4, 5)));
        firstMayEnd.countDown();
        for (Caller caller : callers) {
            caller.answers().get();
        }
        assertThat(calls.subList(1, calls.size()))
                .hasSize(3)
                .containsOnlyOnce(5)
                .contains(4);
    }

    @Test
    void shouldTellAThreadOfItsOwnFailuresAlone() throws Exception {
        var shared = new SharedCalls<>(this::tenfold, 1, 100);
        var first = Caller.start(shared, List.of(1));
        var innocent = Caller.start(shared, List.of(2, 3));
        var guilty = Caller.start(shared, List.of(-4));
        var other = Caller.start(shared, List.of(5));
        firstMayEnd.countDown();
        assertThat(first.answers().get()).containsExactly(10);
        assertThat(innocent.answers().get()).containsExactly(20, 30);
        assertThat(other.answers().get()).containsExactly(50);
        assertThatThrownBy(() -> guilty.answers().get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("negative");
        assertThat(calls).startsWith(1, 4).hasSize(5);
        assertThat(shared.apply(List.of(6))).containsExactly(60);
    }

    @Test
    void shouldGiveEachItsOwnCallWhereASharedOneIsNotAnsweredInFull() throws Exception {
        var shared = new SharedCalls<Integer, Integer>(
                inputs -> inputs.size() < 3 ? tenfold(inputs) : tenfold(inputs).subList(0, 2), 1, 100);
        var first = Caller.start(shared, List.of(1));
        var second = Caller.start(shared, List.of(2));
        var third = Caller.start(shared, List.of(3, 4));
        firstMayEnd.countDown();
        assertThat(first.answers().get()).containsExactly(10);
        assertThat(second.answers().get()).containsExactly(20);
        assertThat(third.answers().get()).containsExactly(30, 40);
        assertThat(calls).containsExactlyInAnyOrder(1, 3, 1, 2);
    }

    @Test
    void shouldGoOnAfterAnErrorInASharedCall() throws Exception {
        var shared = new SharedCalls<Integer, Integer>(
                inputs -> {
                    if (inputs.size() > 2) {
                        throw new OutOfMemoryError("injected");
                    }
                    return tenfold(inputs);
                },
                1,
                100);
        var first = Caller.start(shared, List.of(1));
        var callers = List.of(
                Caller.start(shared, List.of(2, 3)),
                Caller.start(shared, List.of(4, 5)),
                Caller.start(shared, List.of(6, 7)));
        firstMayEnd.countDown();
        assertThat(first.answers().get()).containsExactly(10);
        int failed = 0;
        for (Caller caller : callers) {
            try {
                assertThat(caller.answers().get()).hasSize(2);
            } catch (ExecutionException e) {
                assertThat(e).hasRootCauseMessage("injected");
                failed++;
            }
        }
        assertThat(failed).isEqualTo(1);
    }

    @Test
    void shouldAnswerManyThreadsRightlyWithNoMoreCallsAtOnceThanItMay() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var shared = new SharedCalls<Integer, Integer>(
                inputs -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    var answers = inputs.stream().map(input -> 10 * input).toList();
                    running.decrementAndGet();
                    return answers;
                },
                2,
                20);
        var threads = new ArrayList<Caller>();
        for (int number = 0; number < 8; number++) {
            int base = 100_000 * number;
            var work = new FutureTask<List<Integer>>(() -> {
                for (int i = 0; i < 500; i++) {
                    int from = base + 10 * i;
                    var inputs =
                            IntStream.range(from, from + 1 + i % 10).boxed().toList();
                    assertThat(shared.apply(inputs))
                            .containsExactlyElementsOf(
                                    inputs.stream().map(input -> 10 * input).toList());
                }
                return List.of();
            });
            var thread = new Thread(work);
            thread.start();
            threads.add(new Caller(thread, work));
        }
        for (Caller caller : threads) {
            caller.answers().get();
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void shouldRefuseLimitsThatLetNothingThrough() {
        assertThatThrownBy(() -> new SharedCalls<>(this::tenfold, 0, 10))
                .hasMessage("callsAtOnce 0: allowed is 1 or more");
        assertThatThrownBy(() -> new SharedCalls<>(this::tenfold, 1, 0)).hasMessage("maxSize 0: allowed is 1 or more");
    }
}
