package dev.vorrang.console.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.vorrang.console.history.TopicCluster;
import dev.vorrang.console.index.ConsoleIndex;
import dev.vorrang.console.index.IndexSettings;
import dev.vorrang.console.view.DemandStore.Accuracy;
import dev.vorrang.console.view.DemandStore.ItemDetail;
import dev.vorrang.console.view.DemandStore.ItemPage;
import dev.vorrang.console.view.DemandStore.ItemView;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandAlertKind;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStep;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.schemas.StockDecision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console shows of items whose forecasts are in the topics. */
class ItemsTest {

    private static final Instant DAY = Instant.parse("2026-01-05T00:00:00Z");

    @TempDir
    private static Path folder;

    private static TopicCluster cluster;
    private static ConsoleIndex index;
    private static Items items;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TopicCluster(folder.resolve("kafka"));
        cluster.create(cluster.topics.demandForecast(), cluster.topics.demandAlerts(), cluster.topics.deskEvents());
        index = ConsoleIndex.open(
                IndexSettings.of(folder.resolve("index"), cluster.client(), cluster.topics, cluster.serdes),
                List.of(new DemandConsole(cluster.topics)));
        items = open();
    }

    private static Items open() throws Exception {
        return Items.open(cluster.settings(folder.resolve("demand")), index);
    }

    @AfterAll
    static void close() throws Exception {
        items.close();
        index.close();
        cluster.close();
    }

    @Test
    void shouldShowAnItemWithItsPastAndItsForecast() throws Exception {
        // Twelve days of which 10 come each, and one less is expected; then a day without business.
        for (int day = 0; day < 12; day++) {
            forecast("milk", null, day, day == 0 ? List.of() : List.of(10f), 9f);
        }
        var quantities = new ArrayList<Float>(List.of(10f));
        quantities.add(null);
        forecast("milk", null, 13, quantities, 11f);

        ItemDetail milk = await().until(() -> items.item("milk"), found -> found.filter(
                                item -> item.item().origin().equals(day(13)))
                        .isPresent())
                .orElseThrow();

        shouldBeWhole(milk);

        items.close();
        items = open();
        shouldBeWhole(items.item("milk").orElseThrow());
    }

    private static void shouldBeWhole(ItemDetail milk) {
        ItemView view = milk.item();
        assertThat(view.observed()).containsExactly(10.0, null);
        assertThat(view.expected()).containsExactly(11.0, 12.0);
        assertThat(view.stock().orElseThrow().orderQuantity()).isEqualTo(24);
        assertThat(milk.fan()).hasSize(2).first().satisfies(step -> {
            assertThat(step.time()).isEqualTo(day(13));
            assertThat(step.quantiles()).containsExactly(Map.entry("0.1", 10.0), Map.entry("0.9", 13.0));
        });
        assertThat(milk.history()).hasSize(13);
        assertThat(milk.history().get(3).time()).isEqualTo(day(3));
        assertThat(milk.history().get(3).quantity()).contains(10.0);
        assertThat(milk.history().get(3).expected()).contains(9.0);
        assertThat(milk.history().get(12).quantity()).isEmpty();
        Accuracy accuracy = milk.accuracy().orElseThrow();
        assertThat(accuracy.periods()).isEqualTo(12);
        assertThat(accuracy.meanAbsoluteError()).isEqualTo(1);
        assertThat(accuracy.bias()).isEqualTo(-1);
        assertThat(accuracy.weightedError().orElseThrow()).isCloseTo(0.1, within(1e-6));
        assertThat(accuracy.pinballLoss().orElseThrow()).isCloseTo((0.1 * 2 + 0.1 * 1) / 2, within(1e-6));
        assertThat(accuracy.coverage()).containsExactly(Map.entry("0.1", 0.0), Map.entry("0.9", 1.0));
    }

    @Test
    void shouldListItemsWithAlertsFirst() throws Exception {
        forecast("bread", "berlin", 1, List.of(1f), 1f);
        forecast("bread", "munich", 1, List.of(1f), 1f);
        forecast("bread", "bonn", 1, List.of(1f), 1f);
        alert("bread", "munich", AlertState.RAISED);
        await().until(
                        () -> items.items("BREAD@", Optional.empty(), 10),
                        page -> page.total() == 3 && page.items().get(0).key().equals("bread@munich"));

        ItemPage first = items.items("bread", Optional.empty(), 2);
        assertThat(first.items()).extracting(ItemView::key).containsExactly("bread@munich", "bread@berlin");
        assertThat(first.items().get(0).alerts()).extracting(RecordSummary::id).containsExactly("stop-munich");
        ItemPage second = items.items("bread", first.next(), 2);
        assertThat(second.items()).extracting(ItemView::key).containsExactly("bread@bonn");
        assertThat(second.next()).isEmpty();
        assertThat(items.item("bread@munich").orElseThrow().alerts()).hasSize(1);
        assertThat(items.item("bread@berlin").orElseThrow().alerts()).isEmpty();

        alert("bread", "munich", AlertState.CLEARED);
        await().untilAsserted(() -> assertThat(items.items("munich", Optional.empty(), 1)
                        .items()
                        .get(0)
                        .alerts())
                .isEmpty());
        assertThat(items.item("bread@munich").orElseThrow().alerts()).hasSize(1);
    }

    @Test
    void shouldSayWhatIsNotKnown() {
        assertThat(items.item("nothing")).isEmpty();
        assertThatThrownBy(() -> items.items("", Optional.of("x"), 1)).hasMessageContaining("after 'x': allowed is");
    }

    private static Instant day(int day) {
        return DAY.plus(Duration.ofDays(day));
    }

    private static void forecast(String item, String location, int day, List<Float> observed, float mean)
            throws Exception {
        cluster.write(
                cluster.topics.demandForecast(),
                SeriesKey.of(item, location).toString(),
                DemandForecast.newBuilder()
                        .setId(item + location + day)
                        .setItem(item)
                        .setLocation(location)
                        .setOrigin(day(day))
                        .setPeriod("DAY")
                        .setObserved(observed)
                        .setLevels(List.of(0.1, 0.9))
                        .setSteps(List.of(
                                new DemandStep(day(day), mean, List.of(mean - 1, mean + 2), false, null),
                                new DemandStep(day(day + 1), mean + 1, List.of(mean, mean + 3), false, null)))
                        .setDecision(new StockDecision(5.0, 0.0, 2, 0.95, 1.5, 20.0, 24.0, 0.4))
                        .setPosition(new Position("demand.observed", 0, 0L))
                        .setScoredAt(day(day))
                        .build());
    }

    private static void alert(String item, String location, AlertState state) throws Exception {
        cluster.write(
                cluster.topics.demandAlerts(),
                SeriesKey.of(item, location).toString(),
                DemandAlert.newBuilder()
                        .setId("stop-" + location)
                        .setItem(item)
                        .setLocation(location)
                        .setKind(DemandAlertKind.STOP)
                        .setState(state)
                        .setStart(day(0))
                        .setTime(day(1))
                        .setPeak(0.7)
                        .setPeakTime(day(1))
                        .setPosition(new Position("demand.observed", 0, 0L))
                        .build());
    }
}
