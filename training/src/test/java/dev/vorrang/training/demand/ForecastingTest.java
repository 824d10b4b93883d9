package dev.vorrang.training.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.training.demand.RollingForecast.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastingTest {

    private static final DemandColumns COLUMNS =
            new DemandColumns("item", "day", "sold", List.of("price"), DemandPeriod.DAY);
    private static final String HEADER = "item,day,sold,price\n";

    @TempDir
    private Path folder;

    @Test
    void shouldForecastThePeriodsOfTheFileAfterTheirHistory() throws IOException {
        Path history = write("history.csv", "a,2026-03-02,0,1\na,2026-03-03,5,1\nold,2026-03-02,4,1\n");
        Path later = write("later.csv", "a,2026-03-04,6,1\na,2026-03-05,,2\nnew,2026-03-05,3,2\n");

        List<Span> spans =
                Forecasting.each(Optional.of(history), later, COLUMNS).spans();

        assertThat(spans).extracting(span -> span.series().item()).containsExactly("a", "new");
        Span a = spans.get(0);
        assertThat(List.of(a.first(), a.end())).containsExactly(2, 4);
        assertThat(a.series().quantities()).containsExactly(0, 5, 6);
        assertThat(a.series().known()[3])
                .as("known in advance, though not sold yet")
                .containsExactly(2);
        Span fresh = spans.get(1);
        assertThat(List.of(fresh.first(), fresh.end())).containsExactly(0, 1);
    }

    @Test
    void shouldForecastOnwardWithWhatIsKnown() throws IOException {
        Path history = write("history.csv", "a,2026-03-02,0,1\na,2026-03-03,5,1\n");
        Path further = write("further.csv", "a,2026-03-04,,3\n");

        Span alone =
                Forecasting.onward(history, Optional.empty(), COLUMNS).spans().get(0);
        Span informed = Forecasting.onward(history, Optional.of(further), COLUMNS)
                .spans()
                .get(0);

        assertThat(alone.first()).isEqualTo(2);
        assertThat(informed.first()).isEqualTo(2);
        assertThat(informed.series().known()[2]).containsExactly(3);
    }

    @Test
    void shouldForecastTheLastPeriodsOfAFile() throws IOException {
        Path history = write("history.csv", "a,2026-03-02,0,1\na,2026-03-03,5,1\na,2026-03-04,5,1\n");

        Span span = Forecasting.last(history, 2, COLUMNS).spans().get(0);

        assertThat(List.of(span.first(), span.end())).containsExactly(1, 3);
    }

    @Test
    void shouldTellStepsFromDates() throws IOException {
        assertThat(Forecasting.hasSteps(write("steps.csv", "a,17,0,1\na,-3,1,1\n"), "day"))
                .isTrue();
        assertThat(Forecasting.hasSteps(write("dates.csv", "a,20260302,0,1\n"), "day"))
                .isFalse();
        assertThat(Forecasting.hasSteps(write("seconds.csv", "a,1772409600,0,1\n"), "day"))
                .isFalse();
        assertThat(Forecasting.hasSteps(write("none.csv", ""), "day")).isFalse();
    }

    private Path write(String name, String rows) throws IOException {
        return Files.writeString(folder.resolve(name), HEADER + rows);
    }
}
