package dev.vorrang.schemas.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.Samples;
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
}
