package dev.vorrang.app.streams.demand.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.terminal.AlertBoard;
import dev.vorrang.app.terminal.AlertRows;
import dev.vorrang.app.terminal.AlertTable;
import dev.vorrang.app.terminal.AlertView;
import dev.vorrang.app.terminal.Cells;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStep;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.StockDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class DemandTableTest {

    private static final Position AT = new Position("demand.observed", 0, 7L);
    private static final int HEIGHT = 30;

    private final AlertBoard<DemandForecast, DemandAlert> board = new AlertBoard<>(DemandColumns.ROWS);
    private final AlertTable<DemandForecast, DemandAlert> table =
            new AlertTable<>("Articles", new Cells(false), new DemandColumns());

    private static DemandForecast forecast(String item, Double cover, Float... observed) {
        return DemandForecast.newBuilder()
                .setId(item)
                .setItem(item)
                .setOrigin(Instant.EPOCH)
                .setPeriod("DAY")
                .setObserved(Arrays.asList(observed))
                .setLevels(List.of(0.1, 0.5, 0.9))
                .setSteps(Collections.nCopies(14, new DemandStep(Instant.EPOCH, 5f, List.of(2f, 5f, 8f), false, null)))
                .setDecision(new StockDecision(50.0, 0.0, 7, 0.95, cover, 60.0, 120.0, 0.2))
                .setPosition(AT)
                .setScoredAt(Instant.EPOCH)
                .build();
    }

    private static DemandAlert alert(String item, DemandAlertKind kind, AlertState state) {
        return DemandAlert.newBuilder()
                .setId(item + kind)
                .setItem(item)
                .setKind(kind)
                .setState(state)
                .setStart(Instant.EPOCH)
                .setTime(Instant.EPOCH)
                .setPeak(0.7)
                .setPeakTime(Instant.EPOCH)
                .setReasons(List.of("nothing came"))
                .setPosition(AT)
                .build();
    }

    private List<String> lines(int width) {
        return table.draw(board.snapshot(), width, HEIGHT).stream()
                .map(AttributedString::toString)
                .map(String::stripTrailing)
                .toList();
    }

    @Test
    void shouldDrawWhatCameAndTheIntervalOfWhatIsExpectedOnOneScale() {
        board.add(forecast("relay", 9.6, 0f, null, 1f, 4f, 8f), Duration.ofMillis(12));

        assertThat(lines(80))
                .containsExactly(
                        "Articles",
                        "STATE             ITEM               LAST 14 DAYS    NEXT 7, 80 %       COVER",
                        " as forecast      relay              ▁·▂▅█           ▃▃▃▃▃▃▃ – ███████  9 d",
                        "1 forecasts: 0 alerts raised, 0 open  ·  latency p50 12 ms, p99 12 ms",
                        "");
    }

    @Test
    void shouldTellTheNextPeriodTheOrderAndReasonsWhereThereIsRoom() {
        board.add(forecast("relay", null, 4f), Duration.ZERO);
        board.add(alert("relay", DemandAlertKind.STOP, AlertState.RAISED));

        assertThat(lines(160).get(2)).contains(" stop ", "relay", "long", "5, 2–8", "120", "nothing came");
    }

    @Test
    void shouldShowTheMostPressingFirstUntilItsAlertIsCleared() {
        for (String item : List.of("a", "b", "c")) {
            board.add(forecast(item, 3.0, 1f), Duration.ZERO);
        }
        board.add(alert("b", DemandAlertKind.SURGE, AlertState.RAISED));
        board.add(alert("c", DemandAlertKind.STOCKOUT_AHEAD, AlertState.RAISED));
        assertThat(board.snapshot().rows()).extracting(AlertRows.Row::key).containsExactly("c", "b", "a");
        assertThat(board.snapshot().open()).isEqualTo(2);

        board.add(alert("c", DemandAlertKind.STOCKOUT_AHEAD, AlertState.CLEARED));

        assertThat(board.snapshot().rows()).extracting(AlertRows.Row::key).containsExactly("b", "a", "c");
        assertThat(board.snapshot().raised()).isEqualTo(2);
    }

    @Test
    void shouldFitFrom40To200Columns() {
        board.add(forecast("an item with a name that is much longer than its column", 9.6, 1f, 2f), Duration.ZERO);
        board.add(alert("relay", DemandAlertKind.STOCKOUT_AHEAD, AlertState.RAISED));
        for (int width = 40; width <= 200; width++) {
            int limit = width;
            assertThat(table.draw(board.snapshot(), width, HEIGHT))
                    .allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(limit))
                    .noneSatisfy(line -> assertThat(line.toString()).contains("latency…"));
        }
    }

    @Test
    void shouldTellOfAlertsInALineEach() {
        var view = new AlertView<>(DemandColumns.ROWS, table, 40);

        assertThat(view.lines(alert("relay", DemandAlertKind.STOP, AlertState.RAISED)))
                .containsExactly("alert raised: relay, stop: nothing came");
        assertThat(view.lines(alert("relay", DemandAlertKind.STOP, AlertState.CLEARED)))
                .containsExactly("alert cleared: relay, stop");
        assertThat(view.lines(forecast("relay", 1.0))).isEmpty();
    }
}
