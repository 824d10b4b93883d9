package dev.vorrang.schemas.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStep;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.Samples;
import dev.vorrang.schemas.StockDecision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputViewTest {

    @Test
    void shouldShowAMail() {
        MailScore score = Samples.score();

        assertThat(new MailScoreView().headline(score))
                .isEqualTo(new Headline(
                        score.getSubject(),
                        Severity.URGENT,
                        List.of(new Reason("topic", Map.of("label", "outage"), "outage")),
                        "m0@example.org",
                        Samples.NOON,
                        "file:/mails/a.eml"));
    }

    @Test
    void shouldShowTheSentencesOfARecordOfAnEarlierVersion() {
        MailScore old = MailScore.newBuilder(Samples.score())
                .setReasonDetails(List.of())
                .build();

        assertThat(new MailScoreView().headline(old).reasons())
                .containsExactly(new Reason(Headline.TEXT_ONLY, Map.of(), "outage"));
    }

    @ParameterizedTest
    @CsvSource({
        "FAULT, RAISED, 'press: fault', URGENT",
        "ANOMALY, UPDATED, 'press: anomaly', HIGH",
        "STUCK_SENSOR, RAISED, 'press: stuck sensor', NORMAL",
        "DROPOUT, RAISED, 'press: dropouts', NORMAL",
        "SPIKES, UPDATED, 'press: spikes', NORMAL",
        "SILENT, RAISED, 'press: silent', HIGH",
        "ANOMALY, CLEARED, 'press: anomaly, cleared', LOW"
    })
    void shouldShowAnAlert(AlertKind kind, AlertState state, String title, Severity severity) {
        MachineAlert alert = MachineAlert.newBuilder()
                .setId("1")
                .setMachine("press")
                .setKind(kind)
                .setState(state)
                .setStart(Samples.NOON)
                .setTime(Samples.NOON.plusSeconds(1))
                .setPeak(0.5)
                .setPeakTime(Samples.NOON)
                .setPosition(new Position("machine.readings", 2, 7L))
                .build();

        assertThat(new MachineAlertView().headline(alert))
                .isEqualTo(new Headline(
                        title, severity, List.of(), "press", Samples.NOON.plusSeconds(1), "machine.readings-2@7"));
    }

    @ParameterizedTest
    @CsvSource({
        "SURGE, RAISED, 'lamp@north: surge', HIGH",
        "STOCKOUT_AHEAD, UPDATED, 'lamp@north: stockout ahead', URGENT",
        "LEVEL_SHIFT, RAISED, 'lamp@north: level shift', NORMAL",
        "STOP, CLEARED, 'lamp@north: stop, cleared', LOW"
    })
    void shouldShowAnAlertAboutDemand(DemandAlertKind kind, AlertState state, String title, Severity severity) {
        var alert = DemandAlert.newBuilder()
                .setId("1")
                .setItem("lamp")
                .setLocation("north")
                .setKind(kind)
                .setState(state)
                .setStart(Samples.NOON)
                .setTime(Samples.NOON)
                .setPeak(0.5)
                .setPeakTime(Samples.NOON)
                .setPosition(new Position("demand.observed", 2, 7L))
                .build();

        assertThat(new DemandAlertView().headline(alert))
                .isEqualTo(new Headline(title, severity, List.of(), "lamp@north", Samples.NOON, "demand.observed-2@7"));
    }

    @Test
    void shouldShowAForecastWithWhatToOrder() {
        var forecast = DemandForecast.newBuilder()
                .setId("1")
                .setItem("lamp")
                .setOrigin(Samples.NOON)
                .setPeriod("DAY")
                .setLevels(List.of(0.1, 0.5, 0.9))
                .setSteps(List.of(new DemandStep(Samples.NOON, 12.345f, List.of(8f, 12f, 17.5f), false, null)))
                .setDecision(new StockDecision(3d, 0d, 5, 0.95, 0.2, 31d, 40d, 0.99))
                .setPosition(new Position("demand.observed", 0, 1L))
                .setScoredAt(Samples.NOON)
                .build();

        var headline = new DemandForecastView().headline(forecast);

        assertThat(headline.title()).isEqualTo("lamp: 12.35 expected in the next day, 8 to 17.5");
        assertThat(headline.severity()).isEqualTo(Severity.NORMAL);
        assertThat(headline.reasons())
                .extracting(Reason::getText)
                .containsExactly("order 40: 3 in stock and on order, reorder point 31");
    }
}
