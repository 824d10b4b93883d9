package dev.vorrang.scoring.engine;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Records a second through the whole stream, side by side in one run: broker in the same program, 4 partitions, one stream thread,
 * each mail scored to mail.scored and one queue and counted in its thread. Counted from the end of the first batch to the end of
 * the last. Run it from the module's folder, after {@code mvn test-compile}, with the class path of the tests:
 * {@code java -cp … dev.vorrang.scoring.engine.ThroughputBenchmark}.
 */
final class ThroughputBenchmark {

    private ThroughputBenchmark() {}

    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("throughput");
        try (var kafka = EmbeddedKafka.start(folder.resolve("broker"), 0, Traffic.BROKER_SETTINGS)) {
            BatchFunction<MailText, MailPrediction> free = Mails::predict;
            BatchFunction<MailText, MailPrediction> fiveMillis = texts -> {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                return Mails.predict(texts);
            };
            for (var guarantee : Guarantee.values()) {
                run(kafka, "warm-up", guarantee, free, 256, 30_000);
                run(kafka, "free model, batches of at most 256", guarantee, free, 256, 100_000);
                run(kafka, "5 ms a call, batches of at most 256", guarantee, fiveMillis, 256, 60_000);
                run(kafka, "5 ms a call, record at a time", guarantee, fiveMillis, 1, 2_000);
            }
        }
    }

    private static void run(
            EmbeddedKafka kafka,
            String scenario,
            Guarantee guarantee,
            BatchFunction<MailText, MailPrediction> model,
            int maxBatch,
            int mails)
            throws Exception {
        String prefix = "run" + System.nanoTime() + ".";
        var calls = new AtomicInteger();
        var scored = new AtomicInteger();
        var first = new AtomicLong();
        var last = new AtomicLong();
        var firstSize = new AtomicInteger();
        BatchFunction<MailText, MailPrediction> timed = texts -> {
            var predictions = model.apply(texts);
            if (calls.getAndIncrement() == 0) {
                first.set(System.nanoTime());
                firstSize.set(texts.size());
            }
            last.set(System.nanoTime());
            scored.addAndGet(texts.size());
            return predictions;
        };
        try (var traffic = new Traffic(kafka.bootstrapServers(), new Topics(prefix))) {
            traffic.send(mails, 5_000);
            var stream = Mails.stream(
                    new Topics(prefix),
                    new FixedRegistry(),
                    timed,
                    BatchSettings.defaults().withMaxSize(maxBatch),
                    Clock.systemUTC());
            var settings = StreamsSettings.of(
                            kafka.bootstrapServers(), prefix + "bench", Files.createTempDirectory("throughput-state"))
                    .withGuarantee(guarantee);
            try (var streams = new ScoringStreams(stream, settings)) {
                streams.start();
                traffic.awaitAllCommitted(settings.applicationId());
            }
        }
        double seconds = (last.get() - first.get()) / 1e9;
        System.out.printf(
                "%-13s %-38s %8.0f records/s, %5.1f records a batch%n",
                guarantee, scenario, (scored.get() - firstSize.get()) / seconds, (double) scored.get() / calls.get());
    }
}
