package dev.vorrang.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    @Test
    void shouldBeTheSameForTheSameSeed() {
        assertThat(draw(12, 7)).isEqualTo(draw(12, 7)).isNotEqualTo(draw(12, 8));
    }

    @Test
    void shouldKillAsOftenAsAskedAndDoAllElseAThirdAsOften() {
        var faults = draw(12, 7).steps().stream().map(FaultSchedule.Step::fault).toList();

        assertThat(faults).filteredOn(Fault.KILL::equals).hasSize(12);
        for (Fault other : EnumSet.complementOf(EnumSet.of(Fault.KILL))) {
            assertThat(faults).filteredOn(other::equals).as(other.name()).hasSize(4);
        }
    }

    @Test
    void shouldDoNothingElseWhereOnlyKillsAreAskedFor() {
        var plan = plan(2, 1, Set.of(Fault.KILL));

        assertThat(FaultSchedule.draw(plan).steps())
                .extracting(FaultSchedule.Step::fault)
                .containsExactly(Fault.KILL, Fault.KILL);
    }

    private static FaultSchedule draw(int kills, long seed) {
        return FaultSchedule.draw(plan(kills, seed, EnumSet.allOf(Fault.class)));
    }

    private static CrashPlan plan(int kills, long seed, Set<Fault> faults) {
        return new CrashPlan("mail", Guarantee.EXACTLY_ONCE, 1_000, 2, kills, faults, Duration.ZERO, seed, false);
    }
}
