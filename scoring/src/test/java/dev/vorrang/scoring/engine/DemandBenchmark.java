package dev.vorrang.scoring.engine;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.demand.DemandSettings;
import dev.vorrang.scoring.demand.DemandStream;
import dev.vorrang.scoring.demand.ForecastShape;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * What the demand stream takes without its model, which is a constant here: memory and disk of many items with a full history, and how
 * long the end of a period takes that is forecast for all of them; and order lines a second through Kafka. Run it from the module's
 * folder, after {@code mvn test-compile}, with the class path of the tests: {@code java -Xmx512m -cp …
 * dev.vorrang.scoring.engine.DemandBenchmark items 100000} or {@code lines 400000 4000}.
 */
final class DemandBenchmark {

    private static final int CONTEXT = 735;
    private static final int HORIZON = 14;
    private static final List<Double> LEVELS = List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
    private static final Instant FIRST = Instant.parse("2023-01-01T08:00:00Z");
    private static final Topics TOPICS = new Topics("");
    private static final String STORE = "demand-states";

    private DemandBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("demand");
        switch (args[0]) {
            case "items" -> items(folder, Integer.parseInt(args[1]));
            case "lines" -> lines(folder, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0] + ": allowed is items or lines");
        }
    }

    private static DemandStream stream(AvroSerdes serdes, Clock clock) {
        var quantiles = new float[HORIZON][LEVELS.size()];
        var mean = new float[HORIZON];
        for (int step = 0; step < HORIZON; step++) {
            Arrays.fill(quantiles[step], 20);
            mean[step] = 20;
        }
        var constant = new DemandPrediction(quantiles, mean);
        Model<DemandWindow, DemandPrediction> model = Model.of(
                new ModelRef("constant", "1"),
                DemandWindow.of(new float[0], null, HORIZON),
                windows -> windows.stream().map(window -> constant).toList());
        var batch = BatchSettings.defaults();
        return new DemandStream(
                new StreamEnvironment(serdes, new ScoringMetrics(new SimpleMeterRegistry(), "demand"), clock),
                TOPICS,
                new ModelSlot<>(model, batch),
                new ForecastShape(CONTEXT, HORIZON, LEVELS, List.of()),
                DemandSettings.of(DemandPeriod.DAY, ZoneOffset.UTC),
                batch,
                DemandStream.DEFAULT_ITEMS_AT_HAND,
                false);
    }

    /** One item gets a full history, and its state is given to all others. */
    private static void items(Path folder, int count) throws IOException {
        var serdes = new AvroSerdes(new FixedRegistry());
        var stream = stream(serdes, Clock.systemUTC());
        var topology = ScoringTopology.build(
                stream,
                new RetryPolicy(Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofMillis(20)),
                CachedStoreCommitHook.create(),
                new InferenceWatchdog(
                        stream.batch().limits(), stream.environment().metrics(), problem -> {}));
        var properties = StreamsSettings.of("none:9092", "items", folder).toProperties(256, Duration.ZERO);
        try (var driver = new TopologyTestDriver(topology, properties, Instant.now())) {
            var input = driver.createInputTopic(
                    TOPICS.demandObserved().name(), new StringSerializer(), new ByteArraySerializer());
            var serializer = serdes.valueSerde(TOPICS.demandObserved()).serializer();
            var random = new Random(1);
            for (int day = 0; day < CONTEXT + 5; day++) {
                var line = line("seed", day, day, 10 + random.nextInt(20));
                input.pipeInput(
                        "seed", serializer.serialize(TOPICS.demandObserved().name(), line));
            }
            var states = driver.<Bytes, byte[]>getKeyValueStore(STORE);
            byte[] head = states.get(key('H', "seed"));
            byte[] series = states.get(key('S', "seed"));
            for (int item = 0; item < count - 1; item++) {
                states.put(key('H', "item-" + item), head);
                states.put(key('S', "item-" + item), series);
            }
            System.out.printf("%d items: %d + %d bytes each%n", count, head.length, series.length);
            var outputs = driver.createOutputTopic(
                    TOPICS.demandForecast().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            outputs.readValuesToList();
            tell("before", folder);
            long start = System.nanoTime();
            var next = line("seed", CONTEXT + 5, CONTEXT + 5, 20);
            input.pipeInput("seed", serializer.serialize(TOPICS.demandObserved().name(), next));
            double seconds = (System.nanoTime() - start) / 1e9;
            tell("after", folder);
            System.out.printf(
                    "a period closed for all in %.1f s, %.0f forecasts/s, %d forecasts%n",
                    seconds, count / seconds, outputs.readValuesToList().size());
        }
    }

    private static void tell(String when, Path folder) throws IOException {
        var heap = ManagementFactory.getMemoryMXBean();
        long used = heap.getHeapMemoryUsage().getUsed() >> 20;
        heap.gc();
        long live = heap.getHeapMemoryUsage().getUsed() >> 20;
        long resident = Long.parseLong(Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(row -> row.startsWith("VmRSS"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("\\D", ""))
                >> 10;
        long disk;
        try (var files = Files.walk(folder)) {
            disk = files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    >> 20;
        }
        System.out.printf(
                "%s: heap %d MiB, %d MiB after collection; process %d MiB; disk %d MiB%n",
                when, used, live, resident, disk);
    }

    private static void lines(Path folder, int count, int items) {
        var stream = stream(new AvroSerdes(new FixedRegistry()), Clock.systemUTC());
        try (var kafka = EmbeddedKafka.start(folder.resolve("broker"), 0, Traffic.BROKER_SETTINGS);
                var traffic = new Traffic(
                        kafka.bootstrapServers(),
                        TOPICS,
                        TOPICS.demandObserved(),
                        stream.topics().all())) {
            IntStream.range(0, count).forEach(number -> {
                // Ten days, in the order of time.
                String item = "item-" + (number * 7919L) % items;
                traffic.send(
                        TOPICS.demandObserved(), item, line(item, number, (int) (10L * number / count), number % 5));
            });
            traffic.flush();
            var settings = StreamsSettings.of(kafka.bootstrapServers(), "lines", folder.resolve("state"));
            long start = System.nanoTime();
            try (var streams = new ScoringStreams(stream, settings)) {
                streams.start();
                traffic.awaitAllCommitted("lines");
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%d lines of %d items in %.1f s with start and stop, exactly once: %.0f lines/s; %d forecasts%n",
                    count, items, seconds, count / seconds, traffic.sizeOf(TOPICS.demandForecast()));
        }
    }

    private static DemandObservation line(String item, int number, int day, double quantity) {
        return DemandObservation.newBuilder()
                .setId("line-" + number)
                .setItem(item)
                .setKind(DemandKind.ORDER_LINE)
                .setTime(FIRST.plus(Duration.ofDays(day)))
                .setQuantity(quantity)
                .setSource("file:/bench#" + number)
                .build();
    }

    private static Bytes key(char kind, String item) {
        byte[] name = (kind + item).getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(name);
    }
}
