package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.Stage;
import dev.vorrang.scoring.demand.DemandSettings;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Observations that are none, wrong clocks, and a model that fails for an item. */
class WrongDemandTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final DemandSettings DAYS = DemandSettings.of(DemandPeriod.DAY, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private DemandFlow flow(DemandSettings settings) {
        return new DemandFlow(folder, NOW, settings);
    }

    private static List<Float> observed(DemandForecast forecast) {
        return forecast.getObserved();
    }

    @Test
    void shouldRefuseALineFromBeforeWhatIsKept() {
        try (var flow = flow(DAYS)) {
            for (int day = 1; day <= 25; day++) {
                flow.line("lamp", "2026-01-%02dT08:00:00Z".formatted(day), 2);
            }
            flow.forecasts();

            flow.line("lamp", "2026-01-01T09:00:00Z", 2);

            assertThat(flow.forecasts()).isEmpty();
            flow.assertRefused("time 2026-01-01T09:00:00Z lies before the last 21 closed periods of 'lamp'");
        }
    }

    @Test
    void shouldRefuseWhatIsNoObservation() {
        try (var flow = flow(DAYS)) {
            flow.line("lamp", "2026-02-01T08:00:00Z", 1e9);
            flow.assertRefused("quantity '1.0E9': allowed is at most 9.99999999E8");
            flow.line("lamp", "2026-02-01T08:00:00Z", Double.NaN);
            flow.assertRefused("quantity 'NaN': allowed is a finite number");
            flow.send(flow.observation("lamp", DemandKind.ORDER_LINE, "2026-02-01T08:00:00Z"));
            flow.assertRefused("quantity 'null': allowed is a finite number");
            flow.send(
                    DemandFlow.TOPICS.demandObserved(),
                    "a@b",
                    flow.observation("a@b", DemandKind.ORDER_LINE, "2026-02-01T08:00:00Z")
                            .setQuantity(1.0)
                            .build());
            flow.assertRefused("item 'a@b': allowed is a name without @");
            flow.line("lamp", "9999-12-31T00:00:00Z", 1);
            flow.assertRefused("time '9999-12-31T00:00:00Z': allowed is 1900-01-01T00:00:00Z to 2200");
            flow.send(
                    DemandFlow.TOPICS.demandObserved(),
                    "desk",
                    flow.observation("lamp", DemandKind.ORDER_LINE, "2026-02-01T08:00:00Z")
                            .setQuantity(1.0)
                            .build());
            flow.assertRefused("key 'desk': allowed is the observation's item and location, 'lamp'");
            flow.line("lamp", "2026-02-01T08:00:00Z", 1);
            flow.line("lamp", "2026-02-02T08:00:00Z", 1);
            assertThat(flow.forecasts()).extracting(WrongDemandTest::observed).containsExactly(List.of(1.0f));
        }
    }

    @Test
    void shouldNotLetAWrongClockMoveTheTimeOfOthers() {
        try (var flow = flow(DAYS)) {
            flow.line("lamp", "2025-02-01T08:00:00Z", 2);
            flow.line("desk", "2026-02-01T08:00:00Z", 9);
            flow.assertRefused("time 2026-02-01T08:00:00Z is more than PT744H ahead of 2025-02-01T08:00:00Z");
            flow.line("desk", "2027-03-01T12:00:00Z", 9);
            flow.assertRefused("is ahead of " + NOW + ", when the record was written");
            flow.line("lamp", "2025-02-01T09:00:00Z", 1);
            flow.line("pen", "1970-01-01T00:00:00Z", 1);
            assertThat(flow.forecasts()).extracting(DemandForecast::getItem).containsExactly("pen");

            flow.line("lamp", "2025-02-02T08:00:00Z", 1);

            assertThat(flow.forecasts())
                    .filteredOn(forecast -> forecast.getItem().equals("lamp"))
                    .extracting(WrongDemandTest::observed)
                    .containsExactly(List.of(3.0f));
        }
    }

    @Test
    void shouldGoOnAfterAGapThatIsConfirmedAndBackFromABeginThatIsNot() {
        try (var flow = flow(DAYS.withDiscontinuedAfter(5))) {
            flow.line("lamp", "2025-12-01T08:00:00Z", 2);
            for (int i = 0; i < 3; i++) {
                flow.line("lamp", "2025-02-01T08:00:00Z", 2);
            }
            flow.line("lamp", "2025-02-02T08:00:00Z", 3);
            assertThat(flow.forecasts().get(0).getOrigin()).isEqualTo("2025-02-02T00:00:00Z");
            for (int i = 0; i < 4; i++) {
                flow.line("lamp", "2025-06-01T08:00:00Z", 1);
            }
            assertThat(flow.deadLetters()).hasSize(3 + 2);
            flow.line("lamp", "2025-06-02T08:00:00Z", 1);
            assertThat(flow.forecasts()).last().satisfies(forecast -> {
                assertThat(forecast.getOrigin()).isEqualTo("2025-06-02T00:00:00Z");
                assertThat(forecast.getObserved()).last().isEqualTo(1f);
            });
        }
    }

    @Test
    void shouldTellOfAModelThatFailsForOneItemAndForecastTheOthers() {
        try (var flow = flow(DAYS)) {
            flow.line("desk", "2026-02-01T08:00:00Z", 1);
            flow.line("poison", "2026-02-01T08:00:00Z", DemandFlow.POISON);
            flow.line("lamp", "2026-02-01T08:00:00Z", 1);
            flow.line("lamp", "2026-02-02T08:00:00Z", 1);

            assertThat(flow.forecasts()).extracting(DemandForecast::getItem).containsExactly("desk", "lamp");
            assertThat(flow.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.getStage()).isEqualTo(Stage.MODEL);
                assertThat(new String(letter.getKey().array())).isEqualTo("poison");
                assertThat(letter.getValue()).isNull();
                assertThat(letter.getModel()).isEqualTo(DemandFlow.MODEL);
                assertThat(letter.getPosition().getOffset()).isEqualTo(3);
            });
        }
    }
}
