package dev.vorrang.scoring.engine;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailStream;
import dev.vorrang.scoring.mail.MailText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Ten times the load that can be sustained, then nothing, until all is scored: broker, sender and stream in one program, 4 partitions, one
 * stream thread, exactly once, a model of 20 ms for a batch of at most 16, so that at most 800 mails a second are scored whatever the
 * machine. Each line tells the time, what was sent and scored, the lag as the metric reports it, and the memory in use after a
 * collection. At the end it counts what was lost or doubled. Run it from the module's folder, after {@code mvn test-compile}, with
 * the class path of the tests: {@code java -Xmx512m -cp … dev.vorrang.scoring.engine.OverloadBenchmark SECONDS}.
 */
final class OverloadBenchmark {

    private static final int BATCH = 16;
    private static final Duration CALL = Duration.ofMillis(20);
    private static final int FACTOR = 10;
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final int THREADS = 5_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong scored = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long start = System.nanoTime();
    private long sent;

    private OverloadBenchmark() {}

    public static void main(String[] args) throws Exception {
        new OverloadBenchmark().run(Integer.parseInt(args[0]));
    }

    private void run(int seconds) throws Exception {
        var folder = Files.createTempDirectory("overload");
        try (var kafka = EmbeddedKafka.start(folder.resolve("broker"), 0, Traffic.BROKER_SETTINGS);
                var traffic = new Traffic(kafka.bootstrapServers(), new Topics("overload."))) {
            var settings = StreamsSettings.of(kafka.bootstrapServers(), "overload", folder.resolve("state"));
            try (var streams = new ScoringStreams(stream(), settings)) {
                streams.start();
                double sustained = warmUp(traffic);
                System.out.printf(Locale.ROOT, "sustained: %.0f records/s%n", sustained);
                overload(traffic, (int) (FACTOR * sustained), seconds);
                long stopped = System.nanoTime();
                tellUntilScored();
                System.out.printf(
                        Locale.ROOT,
                        "recovered %.0f s after %d s at %d times the load%n",
                        (System.nanoTime() - stopped) / 1e9,
                        seconds,
                        FACTOR);
                traffic.awaitAllCommitted(settings.applicationId());
            }
            tellLosses(traffic);
        }
    }

    /** Without keeping the scores, of which there may be millions. */
    private void tellLosses(Traffic traffic) {
        var seen = new BitSet();
        var all = new AtomicLong();
        traffic.scored(score -> {
            seen.set(Integer.parseInt(score.getId()));
            all.incrementAndGet();
        });
        System.out.printf(
                "sent %d, lost %d, doubled %d%n", sent, sent - seen.cardinality(), all.get() - seen.cardinality());
    }

    private MailStream stream() {
        return Mails.stream(
                new Topics("overload."),
                new FixedRegistry(),
                this::slowly,
                BatchSettings.defaults().withMaxSize(BATCH),
                Clock.systemUTC(),
                meters);
    }

    private List<MailPrediction> slowly(List<MailText> texts) {
        LockSupport.parkNanos(CALL.toNanos());
        scored.addAndGet(texts.size());
        return Mails.predict(texts);
    }

    /** @return records scored a second, when there is always more to score */
    private double warmUp(Traffic traffic) throws InterruptedException {
        send(traffic, 4_000);
        awaitScored(1_000);
        long from = System.nanoTime();
        awaitScored(4_000);
        return 3_000 / ((System.nanoTime() - from) / 1e9);
    }

    private void overload(Traffic traffic, int rate, int seconds) throws InterruptedException {
        long begun = System.nanoTime();
        long before = sent;
        long told = begun;
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds)) {
            long due = before + (long) (rate * ((System.nanoTime() - begun) / 1e9));
            send(traffic, (int) Math.min(due - sent, 10_000));
            if (System.nanoTime() - told > STEP.toNanos()) {
                told = System.nanoTime();
                tell();
            }
            pause(Duration.ofMillis(20));
        }
    }

    private void send(Traffic traffic, int count) {
        traffic.send(count, THREADS);
        sent += count;
    }

    private void awaitScored(long number) throws InterruptedException {
        while (scored.get() < number) {
            pause(Duration.ofMillis(5));
        }
    }

    private void tellUntilScored() throws InterruptedException {
        while (scored.get() < sent) {
            tell();
            pause(STEP);
        }
        tell();
    }

    private void tell() {
        System.gc();
        System.out.printf(
                Locale.ROOT,
                "%5.0f s  sent %8d  scored %8d  lag %8.0f  heap %4d MiB%n",
                (System.nanoTime() - start) / 1e9,
                sent,
                scored.get(),
                meters.get("vorrang.consumer.lag").gauge().value(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
    }

    private void pause(Duration time) throws InterruptedException {
        ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
