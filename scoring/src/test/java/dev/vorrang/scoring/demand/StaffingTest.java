package dev.vorrang.scoring.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaffingTest {

    /** 200 calls an hour of 3 minutes, 80 % within 20 s: 14 people, of published Erlang C tables. */
    @ParameterizedTest
    @CsvSource({"200, 14", "0, 0", "1, 1", "2000, 107"})
    void shouldPlanTheFewestPeopleThatReachTheGoal(double arrivals, int people) {
        var staffing = new Staffing(Duration.ofMinutes(3), 0.8, Duration.ofSeconds(20), 0.5);

        assertThat(staffing.people(arrivals)).isEqualTo(people);
    }

    @Test
    void shouldPlanForALoadThatNobodyCouldCarry() {
        var staffing = new Staffing(Duration.ofDays(1), 0.8, Duration.ZERO, 0.5);

        assertThat(staffing.people(1e9)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldRefuseAGoalThatIsNone() {
        assertThatThrownBy(() -> new Staffing(Duration.ofMinutes(3), 1, Duration.ZERO, 0.5))
                .hasMessage("goal 1.0: allowed is above 0, below 1");
    }
}
