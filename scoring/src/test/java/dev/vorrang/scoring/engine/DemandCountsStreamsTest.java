package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.demand.DemandCounts;
import dev.vorrang.scoring.demand.DemandSettings;
import dev.vorrang.scoring.demand.DemandStream;
import dev.vorrang.scoring.demand.ForecastShape;
import dev.vorrang.scoring.demand.MachineGroup;
import dev.vorrang.scoring.demand.MailGroup;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What other streams tell becomes demand, on a real broker. */
class DemandCountsStreamsTest {

    private static final Instant MONDAY = Instant.parse("2026-02-02T08:00:00Z");
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path state;

    private Topics topics;
    private Traffic traffic;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(brokerFolder, 0, Traffic.BROKER_SETTINGS);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void prepare(TestInfo test) {
        topics = new Topics(test.getTestMethod().orElseThrow().getName() + ".");
    }

    @AfterEach
    void closeTraffic() {
        traffic.close();
    }

    private DemandStream stream(DemandCounts counts) {
        Model<DemandWindow, DemandPrediction> model = Model.of(
                DemandFlow.MODEL,
                DemandWindow.of(new float[0], null, DemandFlow.HORIZON),
                windows -> windows.stream().map(DemandFlow::seasonalNaive).toList());
        var stream = new DemandStream(
                new StreamEnvironment(
                        new AvroSerdes(new FixedRegistry()),
                        new ScoringMetrics(new SimpleMeterRegistry(), "demand"),
                        Clock.systemUTC()),
                topics,
                new ModelSlot<>(model, BatchSettings.defaults()),
                new ForecastShape(21, DemandFlow.HORIZON, DemandFlow.LEVELS, List.of()),
                DemandSettings.of(DemandPeriod.DAY, ZoneOffset.UTC).withCounts(counts),
                BatchSettings.defaults(),
                100,
                false);
        traffic = new Traffic(
                kafka.bootstrapServers(),
                topics,
                stream.topics().input(),
                stream.topics().all());
        return stream;
    }

    /** Runs the stream until so many forecasts were made. */
    private List<DemandForecast> forecasts(DemandStream stream, int count) {
        traffic.flush();
        var settings = StreamsSettings.of(kafka.bootstrapServers(), topics.prefix() + "app", state);
        try (var streams = new ScoringStreams(stream, settings)) {
            streams.start();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> traffic.read(topics.demandForecast()).size() >= count);
        }
        return traffic.read(topics.demandForecast()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private MailScore mail(String id, Instant time, String queue) {
        return MailScore.newBuilder()
                .setId(id)
                .setThread("any")
                .setSource("imap://mail.example.org/INBOX")
                .setReceivedAt(time)
                .setPriority(Priority.NORMAL)
                .setPriorityScore(0.5f)
                .setQueues(List.of(queue))
                .setModel(DemandFlow.MODEL)
                .setPosition(new Position("mail.received", 0, 0L))
                .setScoredAt(time)
                .build();
    }

    private MachineAlert alert(String id, String machine, AlertState change, Instant time) {
        return MachineAlert.newBuilder()
                .setId(id)
                .setMachine(machine)
                .setKind(AlertKind.STUCK_SENSOR)
                .setState(change)
                .setStart(time)
                .setTime(time)
                .setPeak(1)
                .setPeakTime(time)
                .setPosition(new Position("machine.readings", 0, 0L))
                .build();
    }

    private void score(String machine, Instant time, MachineStatus status, boolean maintenance) {
        traffic.send(
                topics.machineScored(),
                machine,
                MachineScore.newBuilder()
                        .setId(machine + time)
                        .setMachine(machine)
                        .setTime(time)
                        .setStatus(status)
                        .setMaintenance(maintenance)
                        .setPosition(new Position("machine.readings", 0, 0L))
                        .setScoredAt(time)
                        .build());
    }

    @Test
    void shouldForecastTheMailsOfQueues() {
        var stream = stream(new DemandCounts(List.of(MailGroup.QUEUE), List.of()));
        for (int number = 0; number < 6; number++) {
            Instant time = number < 5 ? MONDAY.plusSeconds(number) : TUESDAY;
            // Of one thread, so that the mail of Tuesday does not overtake those of Monday, which would correct the
            // forecast.
            traffic.send(topics.mailScored(), "thread", mail("mail-" + number, time, "support"));
        }

        assertThat(forecasts(stream, 1))
                .extracting(DemandForecast::getItem, DemandForecast::getObserved)
                .containsExactly(tuple("mail-queue:support", List.of(5f)));
    }

    @Test
    void shouldForecastTheAlertsOfMachines() {
        var stream = stream(new DemandCounts(List.of(), List.of(MachineGroup.KIND, MachineGroup.ALERTS)));
        for (var change : AlertState.values()) {
            traffic.send(topics.machineAlerts(), "pump@1", alert("a", "pump@1", change, MONDAY));
        }
        traffic.send(topics.machineAlerts(), "pump@1", alert("b", "pump@1", AlertState.RAISED, MONDAY.plusSeconds(1)));
        traffic.send(topics.machineAlerts(), "pump@1", alert("c", "pump@1", AlertState.RAISED, TUESDAY));
        traffic.send(topics.machineAlerts(), "pump@1", null);

        assertThat(forecasts(stream, 2))
                .extracting(DemandForecast::getItem, DemandForecast::getObserved)
                .containsExactlyInAnyOrder(
                        tuple("machine-kind:stuck-sensor", List.of(2f)), tuple("machine-alerts:pump_1", List.of(2f)));
        assertThat(traffic.read(topics.demandDeadLetters()))
                .extracting(ConsumerRecord::value)
                .singleElement()
                .extracting(DeadLetter::getMessage)
                .asString()
                .contains("allowed is a MachineAlert");
    }

    @Test
    void shouldForecastTheHoursInWhichMachinesRun() {
        var stream = stream(new DemandCounts(List.of(), List.of(MachineGroup.HOURS)));
        for (int second = 0; second < 90 * 60; second += 20) {
            score("pump-1", MONDAY.plusSeconds(second), MachineStatus.SCORED, second >= 60 * 60);
        }
        score("pump-1", MONDAY.plusSeconds(7_200), MachineStatus.AHEAD, false);
        score("pump-1", TUESDAY, MachineStatus.WARMING_UP, false);

        assertThat(forecasts(stream, 1)).singleElement().satisfies(forecast -> {
            assertThat(forecast.getItem()).isEqualTo("machine-hours:pump-1");
            assertThat(forecast.getObserved()).singleElement().isEqualTo(1f);
        });
    }
}
