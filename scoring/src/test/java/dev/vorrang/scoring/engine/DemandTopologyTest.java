package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.demand.DemandCounts;
import dev.vorrang.scoring.demand.DemandSettings;
import dev.vorrang.scoring.demand.MailGroup;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.demand.model.DemandWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From orders to forecasts: sums, corrections, gaps, and what is counted. */
class DemandTopologyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final DemandSettings DAYS = DemandSettings.of(DemandPeriod.DAY, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private DemandFlow flow(DemandSettings settings) {
        return new DemandFlow(folder, NOW, settings);
    }

    private static List<Float> observed(DemandForecast forecast) {
        return forecast.getObserved();
    }

    @Test
    void shouldSumLinesIntoPeriodsAndForecastWhenOneOfAnotherItemClosesThem() {
        try (var flow = flow(DAYS)) {
            flow.line("lamp", "2026-02-01T08:00:00Z", 2);
            flow.line("desk", "2026-02-01T09:00:00Z", 5);
            flow.line("lamp", "2026-02-01T23:59:59Z", 1.5);
            assertThat(flow.forecasts()).isEmpty();

            flow.line("chair", "2026-02-02T00:00:00Z", 1);

            var forecasts = flow.forecasts();
            assertThat(forecasts).extracting(DemandForecast::getItem).containsExactly("desk", "lamp");
            var lamp = forecasts.get(1);
            assertThat(observed(lamp)).containsExactly(3.5f);
            assertThat(lamp.getOrigin()).isEqualTo("2026-02-02T00:00:00Z");
            assertThat(lamp.getSteps())
                    .extracting(step -> step.getTime().toString())
                    .containsExactly("2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z", "2026-02-04T00:00:00Z");
            assertThat(lamp.getSteps().get(0).getQuantiles()).containsExactly(1.5f, 3.5f, 5.5f);
            assertThat(lamp.getModels()).containsExactly(DemandFlow.MODEL);
            assertThat(lamp.getPosition().getOffset()).isEqualTo(3);
            assertThat(lamp.getScoredAt()).isEqualTo(NOW);
            assertThat(lamp.getReceivedAt()).isNull();
            assertThat(flow.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldTellWhenWhatLedToAForecastWasReceived() {
        var received = Instant.parse("2026-02-02T00:00:07Z");
        try (var flow = flow(DAYS)) {
            flow.line("lamp", "2026-02-01T08:00:00Z", 2);
            flow.send(flow.observation("chair", DemandKind.ORDER_LINE, "2026-02-02T00:00:00Z")
                    .setQuantity(1.0)
                    .setReceivedAt(received));

            assertThat(flow.forecasts())
                    .extracting(DemandForecast::getItem, DemandForecast::getReceivedAt)
                    .containsExactly(tuple("lamp", received));
        }
    }

    @Test
    void shouldTakePeriodsWithoutLinesAsZeroAndForecastAfterEach() {
        try (var flow = flow(DAYS)) {
            flow.line("lamp", "2026-02-01T08:00:00Z", 2);
            flow.line("lamp", "2026-02-04T08:00:00Z", 7);

            assertThat(flow.forecasts())
                    .extracting(DemandTopologyTest::observed)
                    .containsExactly(List.of(2.0f), List.of(2.0f, 0.0f), List.of(2.0f, 0.0f, 0.0f));
        }
    }

    @Test
    void shouldCorrectAClosedPeriodAndItsForecastByALateLine() {
        try (var flow = flow(DAYS)) {
            flow.line("lamp", "2026-02-01T08:00:00Z", 2);
            flow.line("lamp", "2026-02-02T08:00:00Z", 4);
            var first = flow.forecasts();

            flow.line("lamp", "2026-02-01T20:00:00Z", 3);

            var second = flow.forecasts();
            assertThat(first).extracting(DemandForecast::getRevision).containsExactly(0);
            assertThat(second).hasSize(1);
            assertThat(second.get(0).getRevision()).isEqualTo(1);
            assertThat(second.get(0).getOrigin()).isEqualTo(first.get(0).getOrigin());
            assertThat(second.get(0).getId()).isNotEqualTo(first.get(0).getId());
            assertThat(observed(second.get(0))).containsExactly(5.0f);
            flow.line("lamp", "2026-02-03T08:00:00Z", 1);
            assertThat(observed(flow.forecasts().get(0))).containsExactly(5.0f, 4.0f);
        }
    }

    @Test
    void shouldCountALineOnceThatIsDeliveredTwice() {
        try (var flow = flow(DAYS)) {
            var line = flow.observation("lamp", DemandKind.ORDER_LINE, "2026-02-01T08:00:00Z")
                    .setQuantity(2.0);
            flow.send(line);
            flow.send(line);
            flow.line("lamp", "2026-02-02T08:00:00Z", 4);
            flow.send(line);

            assertThat(flow.forecasts())
                    .extracting(DemandTopologyTest::observed)
                    .containsExactly(List.of(2.0f));
            assertThat(flow.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldSubtractReturns() {
        try (var flow = flow(DAYS)) {
            flow.line("lamp", "2026-02-01T08:00:00Z", 5);
            flow.line("lamp", "2026-02-01T09:00:00Z", -2);
            flow.line("lamp", "2026-02-02T08:00:00Z", 1);
            flow.send(flow.observation("lamp", DemandKind.RETURN, "2026-02-02T09:00:00Z")
                    .setQuantity(3.0));
            flow.line("lamp", "2026-02-03T08:00:00Z", 1);
            assertThat(flow.forecasts().get(1).getObserved()).containsExactly(3.0f, -2.0f);

            flow.line("lamp", "2026-02-02T10:00:00Z", 6);

            assertThat(observed(flow.forecasts().get(0))).containsExactly(3.0f, 4.0f);
        }
    }

    @Test
    void shouldTakeTotalsAsTheyComeAndReplaceOneThatComesAgain() {
        try (var flow = flow(DAYS)) {
            flow.total("lamp", "2026-02-01T00:00:00Z", 2);
            flow.total("lamp", "2026-02-02T00:00:00Z", 3);
            assertThat(flow.forecasts())
                    .extracting(DemandTopologyTest::observed)
                    .hasSize(2);

            flow.total("lamp", "2026-02-02T00:00:00Z", 3);
            assertThat(flow.forecasts()).isEmpty();
            flow.total("lamp", "2026-02-01T00:00:00Z", 9);

            var corrected = flow.forecasts();
            assertThat(corrected).extracting(DemandTopologyTest::observed).containsExactly(List.of(9.0f, 3.0f));
            assertThat(corrected.get(0).getRevision()).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeAMissingTotalAsUnknown() {
        try (var flow = flow(DAYS)) {
            flow.total("lamp", "2026-02-01T00:00:00Z", 2);
            flow.total("lamp", "2026-02-03T00:00:00Z", 4);

            var forecasts = flow.forecasts();
            assertThat(forecasts).hasSize(3);
            assertThat(forecasts.get(2).getObserved()).containsExactly(2.0f, null, 4.0f);
        }
    }

    @Test
    void shouldTakeItemsOfAFileThatIsSortedByItem() {
        try (var flow = flow(DAYS)) {
            for (String item : List.of("desk", "lamp")) {
                for (int day = 1; day <= 9; day++) {
                    flow.total(item, "2026-02-%02dT00:00:00Z".formatted(day), day);
                }
            }

            var forecasts = flow.forecasts();
            assertThat(forecasts).hasSize(18);
            assertThat(forecasts.get(8).getObserved())
                    .isEqualTo(forecasts.get(17).getObserved());
            assertThat(forecasts.get(17).getSteps().get(0).getMean()).isEqualTo(3f);
        }
    }

    @Test
    void shouldForecastADiscontinuedItemNoMoreAndGoOnWhenItComesBack() {
        try (var flow = flow(DAYS.withDiscontinuedAfter(3))) {
            flow.line("lamp", "2026-02-01T08:00:00Z", 2);
            for (int day = 1; day <= 9; day++) {
                flow.line("desk", "2026-02-%02dT09:00:00Z".formatted(day), 1);
            }
            assertThat(flow.forecasts())
                    .filteredOn(forecast -> forecast.getItem().equals("lamp"))
                    .extracting(forecast -> forecast.getObserved().size())
                    .containsExactly(1, 2, 3);

            flow.line("lamp", "2026-02-09T10:00:00Z", 5);
            flow.line("desk", "2026-02-10T09:00:00Z", 1);

            assertThat(flow.forecasts())
                    .filteredOn(forecast -> forecast.getItem().equals("lamp"))
                    .extracting(DemandTopologyTest::observed)
                    .containsExactly(List.of(2.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 5.0f));
        }
    }

    @Test
    void shouldGiveWhatIsKnownInAdvanceToTheNextForecast() {
        try (var flow = flow(DAYS)) {
            flow.send(flow.observation("lamp", DemandKind.PLAN, "2026-02-02T00:00:00Z")
                    .setKnown(Map.of("promotion", 1.0, "unheard of", 2.0)));
            flow.total("lamp", "2026-02-01T00:00:00Z", 2);
            flow.total("lamp", "2026-02-02T00:00:00Z", 4);

            assertThat(flow.forecasts()).hasSize(2);
            assertThat(flow.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldForecastAsFromTheTableWhateverIsAtHandAndAlthoughTheTaskRestarts() {
        var random = new Random(7);
        var lines = new ArrayList<DemandObservation.Builder>();
        try (var flow = new DemandFlow(folder.resolve("once"), NOW, DAYS, 100);
                var restarted = new DemandFlow(folder.resolve("restarted"), NOW, DAYS, 2)) {
            for (int hour = 0; hour < 24 * 25; hour++) {
                Instant time = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(hour));
                lines.add(flow.observation("item-" + random.nextInt(9), DemandKind.ORDER_LINE, time.toString())
                        .setQuantity(random.nextInt(4) / 10.0));
            }
            var expected = new ArrayList<DemandForecast>();
            var actual = new ArrayList<DemandForecast>();
            for (int i = 0; i < lines.size(); i++) {
                flow.send(lines.get(i));
                restarted.send(lines.get(i));
                expected.addAll(anywhere(flow.forecasts()));
                actual.addAll(anywhere(restarted.forecasts()));
                if (i % 97 == 0) {
                    restarted.restart();
                }
            }

            assertThat(actual).isEqualTo(expected);
            assertThat(actual).hasSizeGreaterThan(200).allSatisfy(forecast -> assertThat(forecast.getSteps())
                    .extracting(step -> step.getMean())
                    .isEqualTo(offline(lines, forecast)));
        }
    }

    /** The test driver counts from 0 again when it restarts. */
    private static List<DemandForecast> anywhere(List<DemandForecast> forecasts) {
        return forecasts.stream()
                .map(forecast -> DemandForecast.newBuilder(forecast)
                        .setPosition(new Position("", 0, 0L))
                        .build())
                .toList();
    }

    /** The table of all lines before the origin, and what the model says of its last rows. */
    private static List<Float> offline(List<DemandObservation.Builder> lines, DemandForecast forecast) {
        Map<Long, Double> table = lines.stream()
                .filter(line -> line.getItem().equals(forecast.getItem()))
                .filter(line -> line.getTime().isBefore(forecast.getOrigin()))
                .collect(Collectors.groupingBy(
                        line -> Duration.between(Instant.EPOCH, line.getTime()).toDays(),
                        Collectors.summingDouble(DemandObservation.Builder::getQuantity)));
        long end = Duration.between(Instant.EPOCH, forecast.getOrigin()).toDays();
        long first = table.keySet().stream().min(Long::compare).orElseThrow();
        var quantities = new float[(int) Math.min(21, end - first)];
        for (int i = 0; i < quantities.length; i++) {
            quantities[i] = table.getOrDefault(end - quantities.length + i, 0.0).floatValue();
        }
        var mean = DemandFlow.seasonalNaive(DemandWindow.of(quantities, null, DemandFlow.HORIZON))
                .mean();
        return List.of(mean[0], mean[1], mean[2]);
    }

    @Test
    void shouldCountScoredMailsAsDemand() {
        try (var flow =
                flow(DAYS.withCounts(new DemandCounts(List.of(MailGroup.QUEUE, MailGroup.LANGUAGE), List.of())))) {
            flow.send(
                    DemandFlow.TOPICS.mailScored(), "thread-1", mail("a", "2026-02-01T08:00:00Z", "sales", "support"));
            flow.send(DemandFlow.TOPICS.mailScored(), "thread-2", mail("b", "2026-02-01T09:00:00Z", "support"));
            flow.send(DemandFlow.TOPICS.mailScored(), "thread-2", mail("b", "2026-02-01T09:00:00Z", "support"));
            flow.send(DemandFlow.TOPICS.mailScored(), "thread-3", null);
            flow.send(DemandFlow.TOPICS.mailScored(), "thread-4", mail("c", "2026-02-02T09:00:00Z"));

            assertThat(flow.forecasts())
                    .extracting(DemandForecast::getItem, DemandForecast::getObserved)
                    .containsExactlyInAnyOrder(
                            tuple("mail-language:unknown", List.of(2f)),
                            tuple("mail-queue:sales", List.of(1f)),
                            tuple("mail-queue:support", List.of(2f)));
            flow.assertRefused("value is null: allowed is a MailScore");
        }
    }

    private static MailScore mail(String id, String time, String... queues) {
        return MailScore.newBuilder()
                .setId(id)
                .setThread("any")
                .setSource("imap://mail.example.org/INBOX")
                .setReceivedAt(Instant.parse(time))
                .setPriority(Priority.NORMAL)
                .setPriorityScore(0.5f)
                .setQueues(List.of(queues))
                .setModel(DemandFlow.MODEL)
                .setPosition(new Position("mail.received", 0, 0L))
                .setScoredAt(NOW)
                .build();
    }
}
