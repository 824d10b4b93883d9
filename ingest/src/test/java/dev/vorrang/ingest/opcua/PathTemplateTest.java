package dev.vorrang.ingest.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "{machine}/{sensor}, press/T, press, T",
        "{machine}/{sensor}, press/motor/T, , ",
        "{machine}/{sensor...}, press/motor/T, press, motor/T",
        "**/{machine}/Sensors/{sensor}, Plant/Line 1/press/Sensors/T, press, T",
        "**/{machine}/Sensors/{sensor}, press/Sensors/T, press, T",
        "Line */M_{machine}/{sensor}, Line 1/M_press/T, press, T",
        "Line */M_{machine}/{sensor}, Line 1/X_press/T, , ",
        "a.b/{machine}/{sensor}, axb/press/T, , "
    })
    void shouldTellMachineAndSensor(String template, String path, String machine, String sensor) {
        var place = new PathTemplate(template, Optional.empty()).match(path);
        assertThat(place).isEqualTo(Optional.ofNullable(machine).map(name -> new PathTemplate.Place(name, sensor)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{machine}", "{sensor}", "{machine}/{sensor}/{sensor...}", "{machine}/{value}"})
    void shouldRefuseWhatTellsThemNotOnceEach(String template) {
        assertThatThrownBy(() -> new PathTemplate(template, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(template)
                .hasMessageContaining("allowed");
    }
}
