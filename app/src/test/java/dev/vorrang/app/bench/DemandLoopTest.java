package dev.vorrang.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.streams.demand.DemandKit;
import dev.vorrang.app.streams.demand.DemandStreamSettings;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.DemandStep;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.demand.DemandColumns;
import dev.vorrang.training.demand.DemandData;
import dev.vorrang.training.demand.RollingForecast;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same order lines as a stream and as a file, through the model that ships. */
class DemandLoopTest {

    private static final Topics TOPICS = new Topics("");
    private static final int DAYS = 40;
    private static final Instant FIRST = Instant.parse("2026-01-01T09:00:00Z");

    @TempDir
    private Path folder;

    private final DemandKit kit = new DemandKit();

    private record Line(String item, Instant time, int quantity) {}

    @Test
    void shouldForecastAsFromTheFileToTheBit() throws IOException {
        List<Line> lines = lines(new Random(11));
        try (DemandModel model = kit.load(Path.of("..", "models", "demand", "1"), ModelOptions.defaults())) {
            Map<String, float[][]> offline = offline(model, lines);
            Map<String, float[][]> streamed = streamed(model, lines);

            // The last day of the lines never closes.
            assertThat(streamed).hasSizeGreaterThan(5 * (DAYS - 10));
            assertThat(offline.keySet()).containsAll(streamed.keySet());
            streamed.forEach(
                    (origin, quantiles) -> assertThat(quantiles).as(origin).isDeepEqualTo(offline.get(origin)));
        }
    }

    /** In the order of time, with nothing on Sundays and an item that is ordered seldom. */
    private static List<Line> lines(Random random) {
        var lines = new ArrayList<Line>();
        for (int day = 0; day < DAYS; day++) {
            if (day % 7 == 3) {
                continue;
            }
            for (int number = 0; number < 60; number++) {
                Instant time = FIRST.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(number));
                int item = random.nextInt(40) == 0 ? 6 : random.nextInt(6);
                lines.add(new Line("item-" + item, time, number % 20 == 19 ? -1 : 1 + random.nextInt(9)));
            }
        }
        return lines;
    }

    private Map<String, float[][]> offline(DemandModel model, List<Line> lines) throws IOException {
        var csv = new StringBuilder("item,time,quantity\n");
        lines.forEach(line -> csv.append(line.item() + "," + line.time() + "," + line.quantity() + "\n"));
        Path file = Files.writeString(folder.resolve("lines.csv"), csv);
        var data = DemandData.read(
                List.of(file), new DemandColumns("item", "time", "quantity", List.of(), DemandPeriod.DAY));
        var forecasts = new HashMap<String, float[][]>();
        var spans = data.series().stream()
                .map(series -> new RollingForecast.Span(series, 1, series.periods() + 1))
                .toList();
        new RollingForecast(model, spans, 1)
                .run(forecast -> forecasts.put(
                        forecast.series().item() + " "
                                + forecast.series()
                                        .start()
                                        .plusDays(forecast.origin())
                                        .toLocalDate(),
                        forecast.prediction().quantiles()));
        return forecasts;
    }

    private Map<String, float[][]> streamed(DemandModel model, List<Line> lines) {
        var forecasts = new HashMap<String, float[][]>();
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://demand"))) {
            var serdes = new AvroSerdes(registry);
            DemandStreamSettings settings = kit.settings().defaults();
            var stream = kit.define(
                    settings,
                    List.of(model),
                    TOPICS,
                    StreamEnvironment.of(serdes, new SimpleMeterRegistry(), kit.name()));
            var step = new LoopStep<>(stream);
            var deserializer = serdes.valueSerde(TOPICS.demandForecast()).deserializer();
            for (int number = 0; number < lines.size(); number++) {
                for (var sent : step.score(List.of(record(serdes, lines.get(number), number)))) {
                    if (sent.topic().equals(TOPICS.demandForecast().name())) {
                        DemandForecast forecast = deserializer.deserialize(sent.topic(), sent.value());
                        forecasts.put(
                                forecast.getItem() + " "
                                        + forecast.getOrigin().toString().substring(0, 10),
                                quantiles(forecast));
                    }
                }
            }
        }
        return forecasts;
    }

    private static ConsumerRecord<byte[], byte[]> record(AvroSerdes serdes, Line line, int number) {
        var topic = TOPICS.demandObserved();
        byte[] key = line.item().getBytes(StandardCharsets.UTF_8);
        byte[] value = serdes.valueSerde(topic)
                .serializer()
                .serialize(
                        topic.name(),
                        DemandObservation.newBuilder()
                                .setId("line-" + number)
                                .setItem(line.item())
                                .setTime(line.time())
                                .setQuantity((double) line.quantity())
                                .build());
        return new ConsumerRecord<>(
                topic.name(),
                0,
                number,
                Instant.now().toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static float[][] quantiles(DemandForecast forecast) {
        List<DemandStep> steps = forecast.getSteps();
        var quantiles = new float[steps.size()][];
        for (int step = 0; step < quantiles.length; step++) {
            List<Float> row = steps.get(step).getQuantiles();
            quantiles[step] = new float[row.size()];
            for (int level = 0; level < row.size(); level++) {
                quantiles[step][level] = row.get(level);
            }
        }
        return quantiles;
    }
}
