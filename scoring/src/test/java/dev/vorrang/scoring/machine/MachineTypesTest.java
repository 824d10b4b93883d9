package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.MachineStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which type a machine is of, and which models score it. */
class MachineTypesTest {

    private static MachineType type(String name, String... machines) {
        var profile = new MachineProfile(name, MachineSettings.defaults(), model -> true, Optional.empty());
        return new MachineType(List.of(machines).stream().map(NamePattern::of).toList(), profile);
    }

    @ParameterizedTest
    @CsvSource({
        "press-*, press-1, true",
        "press-*, press-, true",
        "press-*, Press-1, false",
        "press-*, a-press-1, false",
        "press-?, press-1, true",
        "press-?, press-12, false",
        "*/press/*, hall.2/press/1, true",
        "a.b, aXb, false",
        "a(b)[c]+$, a(b)[c]+$, true",
        "a\\Q\\Eb*, a\\Q\\Eb1, true",
        "*, anything at all, true"
    })
    void shouldMatchPatterns(String pattern, String machine, boolean matches) {
        assertThat(NamePattern.of(pattern).matches(machine)).isEqualTo(matches);
    }

    @Test
    void shouldRefuseAPatternWithoutCharacters() {
        assertThatThrownBy(() -> NamePattern.of(" ")).hasMessageContaining("empty pattern");
        assertThatThrownBy(() -> type("press")).hasMessageContaining("'press'").hasMessageContaining("one machine");
    }

    @Test
    void shouldTakeTheFirstTypeThatMatches() {
        var types = new MachineTypes(
                MachineProfile.of(MachineSettings.defaults()),
                List.of(type("old", "press-1", "press-2"), type("press", "press-*")));

        assertThat(types.of("press-1").type()).isEqualTo("old");
        assertThat(types.of("press-3").type()).isEqualTo("press");
        assertThat(types.of("oven-1").type()).isEmpty();
    }

    @Test
    void shouldAskTheModelsOfTheTypeAlone() {
        var general = new Averages();
        var own = new Averages();
        var profile = new MachineProfile("press", MachineSettings.defaults(), model -> model == own, Optional.empty());
        var state = new MachineState(Press.NAME, profile, List.of(general, own), IdPages.inMemory());
        Optional<PendingStep> last = Optional.empty();
        for (int i = 0; i < 20; i++) {
            last = state.accept(Press.reading(1_000L * i, Map.of("load", 40.0 + i % 3)));
        }

        assertThat(last.orElseThrow().inputs()).hasSize(2);
        assertThat(last.orElseThrow().inputs().get(0)).isEmpty();
        assertThat(last.orElseThrow().inputs().get(1)).isPresent();
    }

    @Test
    void shouldKeepItsMemoriesWhenItsTypeGetsAnotherModel() throws Exception {
        var model = new Averages();
        var without = new MachineProfile("press", MachineSettings.defaults(), any -> false, Optional.empty());
        var with = new MachineProfile("press", MachineSettings.defaults(), any -> true, Optional.empty());
        var state = new MachineState(Press.NAME, without, List.of(model), IdPages.inMemory());
        state.accept(Press.reading(0, Map.of("load", 40.0)));

        MachineState restored = MachineState.restore(state.snapshot(), with, List.of(model), IdPages.inMemory());

        assertThat(restored.machine()).isEqualTo(Press.NAME);
        assertThat(MachineState.restore(restored.snapshot(), without, List.of(model), IdPages.inMemory())
                        .machine())
                .isEqualTo(Press.NAME);
    }

    @Test
    void shouldCallAMachineWithoutModelsScored() {
        var profile = new MachineProfile("press", MachineSettings.defaults(), any -> false, Optional.empty());
        var press = new Press(profile, new Averages());
        for (int i = 0; i < 5; i++) {
            press.read(1_000L * i, 40);
        }

        assertThat(press.last().getStatus()).isEqualTo(MachineStatus.SCORED);
    }
}
