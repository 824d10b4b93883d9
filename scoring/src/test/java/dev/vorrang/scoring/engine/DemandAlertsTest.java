package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.schemas.DemandStock;
import dev.vorrang.scoring.demand.DemandSettings;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts about the demand of items, and decisions about their stock. */
class DemandAlertsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final DemandSettings DAYS = DemandSettings.of(DemandPeriod.DAY, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private DemandFlow flow(DemandSettings settings) {
        return new DemandFlow(folder, NOW, settings);
    }

    @Test
    void shouldRaiseASurgeWhileThePeriodRunsAndClearItWhenDemandIsAsForecast() {
        try (var flow = flow(DAYS)) {
            for (int day = 1; day <= 9; day++) {
                flow.line("lamp", "2026-02-%02dT08:00:00Z".formatted(day), 10);
            }
            flow.line("lamp", "2026-02-09T10:00:00Z", 4);
            assertThat(flow.alerts()).isEmpty();
            flow.line("lamp", "2026-02-09T11:00:00Z", 16);

            assertThat(flow.alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.getKind()).isEqualTo(DemandAlertKind.SURGE);
                assertThat(alert.getState()).isEqualTo(AlertState.RAISED);
                assertThat(alert.getTime()).isEqualTo("2026-02-09T00:00:00Z");
                assertThat(alert.getPeak()).isBetween(0.5, 1.0);
                assertThat(alert.getReasons()).containsExactly("30 came, 10 were expected and 12 at most");
            });
            flow.line("lamp", "2026-02-10T08:00:00Z", 10);
            flow.line("lamp", "2026-02-11T08:00:00Z", 10);
            assertThat(flow.alerts()).isEmpty();
            flow.line("lamp", "2026-02-12T08:00:00Z", 10);
            assertThat(flow.alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.getKind()).isEqualTo(DemandAlertKind.SURGE);
                assertThat(alert.getState()).isEqualTo(AlertState.CLEARED);
            });
        }
    }

    @Test
    void shouldRaiseAShiftOfTheLevelAndAStop() {
        try (var flow = flow(DAYS)) {
            for (int day = 1; day <= 9; day++) {
                flow.line("lamp", "2026-01-%02dT08:00:00Z".formatted(day), 10);
                flow.line("desk", "2026-01-%02dT08:00:00Z".formatted(day), 10);
                flow.line("other", "2026-01-%02dT08:00:00Z".formatted(day), 1);
            }
            for (int day = 10; day <= 18; day++) {
                flow.line("lamp", "2026-01-%02dT08:00:00Z".formatted(day), 13);
                flow.line("other", "2026-01-%02dT08:00:00Z".formatted(day), 1);
            }

            var alerts = flow.alerts();
            assertThat(alerts)
                    .filteredOn(alert -> alert.getItem().equals("lamp"))
                    .extracting(DemandAlert::getKind)
                    .containsOnly(DemandAlertKind.LEVEL_SHIFT);
            assertThat(alerts)
                    .filteredOn(alert -> alert.getItem().equals("desk") && alert.getKind() == DemandAlertKind.STOP)
                    .first()
                    .satisfies(alert -> {
                        assertThat(alert.getState()).isEqualTo(AlertState.RAISED);
                        assertThat(alert.getStart()).isEqualTo("2026-01-10T00:00:00Z");
                        assertThat(alert.getTime()).isEqualTo("2026-01-12T00:00:00Z");
                    });
            assertThat(alerts).noneMatch(alert -> alert.getItem().equals("other"));
        }
    }

    @Test
    void shouldTellWhenToOrderAndWhenTheStockWillNotLast() {
        try (var flow = flow(DAYS)) {
            flow.stock(DemandStock.newBuilder()
                    .setItem("lamp")
                    .setStock(25)
                    .setLeadTime(2)
                    .setServiceLevel(0.95)
                    .build());
            flow.stock(DemandStock.newBuilder()
                    .setItem("desk")
                    .setStock(Double.NaN)
                    .build());
            flow.assertRefused("stock 'NaN': allowed is a finite number");
            for (int day = 1; day <= 3; day++) {
                flow.line("lamp", "2026-02-%02dT08:00:00Z".formatted(day), 10);
            }

            var decision = flow.forecasts().get(1).getDecision();
            assertThat(decision.getDaysOfCover()).isEqualTo(2.5);
            assertThat(decision.getReorderPoint()).isBetween(32.0, 38.0);
            assertThat(decision.getOrderQuantity()).isBetween(17.0, 25.0);
            assertThat(decision.getStockoutProbability()).isLessThan(0.05);
            assertThat(flow.alerts()).isEmpty();

            flow.stock(DemandStock.newBuilder()
                    .setItem("lamp")
                    .setStock(19)
                    .setLeadTime(2)
                    .build());
            flow.line("lamp", "2026-02-04T08:00:00Z", 10);

            assertThat(flow.alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.getKind()).isEqualTo(DemandAlertKind.STOCKOUT_AHEAD);
                assertThat(alert.getPeak()).isBetween(0.5, 0.9);
            });
        }
    }
}
