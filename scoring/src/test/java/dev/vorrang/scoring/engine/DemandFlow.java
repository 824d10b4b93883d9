package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.demand.DemandSettings;
import dev.vorrang.scoring.demand.DemandStream;
import dev.vorrang.scoring.demand.ForecastShape;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;

/** The demand stream without a broker, with a forecast that can be told in advance. */
final class DemandFlow implements AutoCloseable {

    static final Topics TOPICS = new Topics("");
    static final int HORIZON = 3;
    static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);
    static final ModelRef MODEL = new ModelRef("seasonal-naive", "1");
    /** An item for which the model fails. */
    static final float POISON = 666;

    private static final String STORE = "demand-states";

    private final Path folder;
    private final SettableClock clock;
    private final DemandSettings settings;
    private final int atHand;
    private final ForecastShape shape;
    private final AvroSerdes serdes = new AvroSerdes(new FixedRegistry());
    private TopologyTestDriver driver;
    private int number;

    DemandFlow(Path folder, Instant now, DemandSettings settings) {
        this(folder, now, settings, 100);
    }

    DemandFlow(Path folder, Instant now, DemandSettings settings, int atHand) {
        this.folder = folder;
        this.clock = new SettableClock(now);
        this.settings = settings;
        this.atHand = atHand;
        this.shape = new ForecastShape(21, HORIZON, LEVELS, List.of("promotion"));
        start(Map.of());
    }

    /** Demand as it was 7 periods before, give or take 2; as last where that is not known. */
    static DemandPrediction seasonalNaive(DemandWindow window) {
        float[] past = window.quantities();
        var mean = new float[HORIZON];
        var quantiles = new float[HORIZON][];
        for (int step = 0; step < HORIZON; step++) {
            int before = past.length - 7 + step;
            float value = past.length == 0 ? 0 : past[before >= 0 ? before : past.length - 1];
            if (value == POISON) {
                throw new IllegalArgumentException("the model chokes");
            }
            mean[step] = Float.isNaN(value) ? 0 : value;
            quantiles[step] = new float[] {Math.max(0, mean[step] - 2), mean[step], mean[step] + 2};
        }
        return new DemandPrediction(quantiles, mean);
    }

    private void start(Map<Bytes, byte[]> store) {
        Model<DemandWindow, DemandPrediction> model =
                Model.of(MODEL, DemandWindow.of(new float[0], null, HORIZON), windows -> windows.stream()
                        .map(DemandFlow::seasonalNaive)
                        .toList());
        var batch = BatchSettings.defaults().withMaxSize(4);
        var stream = new DemandStream(
                new StreamEnvironment(serdes, new ScoringMetrics(new SimpleMeterRegistry(), "demand"), clock),
                TOPICS,
                new ModelSlot<>(model, batch),
                shape,
                settings,
                batch,
                atHand,
                false);
        driver = new TopologyTestDriver(
                ScoringTopology.build(
                        stream,
                        new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(20)),
                        CachedStoreCommitHook.create(),
                        new InferenceWatchdog(
                                stream.batch().limits(), stream.environment().metrics(), problem -> {})),
                StreamsSettings.of("none:9092", "test", folder).toProperties(256, Duration.ZERO),
                clock.instant());
        var states = driver.<Bytes, byte[]>getKeyValueStore(STORE);
        store.forEach(states::put);
    }

    /** A task begins anew with what is in the store. */
    void restart() {
        Map<Bytes, byte[]> store = stored();
        driver.close();
        start(store);
    }

    Map<Bytes, byte[]> stored() {
        var stored = new TreeMap<Bytes, byte[]>();
        try (var all = driver.<Bytes, byte[]>getKeyValueStore(STORE).all()) {
            all.forEachRemaining(entry -> stored.put(entry.key, entry.value));
        }
        return stored;
    }

    void line(String item, String time, double quantity) {
        send(observation(item, DemandKind.ORDER_LINE, time).setQuantity(quantity));
    }

    void total(String item, String time, double quantity) {
        send(observation(item, DemandKind.PERIOD_TOTAL, time).setQuantity(quantity));
    }

    DemandObservation.Builder observation(String item, DemandKind kind, String time) {
        return DemandObservation.newBuilder()
                .setId("line-" + number++)
                .setItem(item)
                .setKind(kind)
                .setTime(Instant.parse(time));
    }

    void send(DemandObservation.Builder builder) {
        DemandObservation observation = builder.build();
        send(
                TOPICS.demandObserved(),
                SeriesKey.of(observation.getItem(), observation.getLocation()).toString(),
                observation);
    }

    void stock(DemandStock stock) {
        send(TOPICS.demandStock(), stock.getItem(), stock);
    }

    <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        byte[] bytes =
                value == null ? null : serdes.valueSerde(topic).serializer().serialize(topic.name(), value);
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, bytes, clock.instant());
    }

    /** Time goes by, as it does, half a minute after the other. */
    void pass(Duration time) {
        for (Duration left = time; !left.isZero(); left = left.minusSeconds(30)) {
            clock.advance(Duration.ofSeconds(30));
            driver.advanceWallClockTime(Duration.ofSeconds(30));
        }
    }

    List<DemandForecast> forecasts() {
        return read(TOPICS.demandForecast());
    }

    List<DemandAlert> alerts() {
        return read(TOPICS.demandAlerts());
    }

    List<DeadLetter> deadLetters() {
        return read(TOPICS.demandDeadLetters());
    }

    /** One record was refused since the last time, with a message that has these words. */
    void assertRefused(String message) {
        assertThat(deadLetters())
                .singleElement()
                .extracting(DeadLetter::getMessage)
                .asString()
                .contains(message);
    }

    private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        new ByteArrayDeserializer(),
                        serdes.valueSerde(topic).deserializer())
                .readValuesToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
