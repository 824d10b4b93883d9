package dev.vorrang.console.page;

import dev.vorrang.console.view.DemandStore;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.view.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A few articles, one of which runs out. */
final class SampleDemand implements DemandStore {

    private final Instant now;

    SampleDemand(Instant now) {
        this.now = now;
    }

    @Override
    public ItemPage items(String text, Optional<String> after, int limit) {
        List<ItemView> items = List.of("door-seal-PK300", "compressor-oil@leeds", "fan-120", "shelf-UC140").stream()
                .filter(key -> key.contains(text))
                .map(this::view)
                .toList();
        return new ItemPage(items.size(), items, Optional.empty());
    }

    private ItemView view(String key) {
        boolean short_ = key.startsWith("door");
        return new ItemView(
                key,
                "DAY",
                now,
                quantities(28),
                quantities(14),
                Optional.of(new StockView(
                        short_ ? 18 : 140,
                        0,
                        5,
                        Optional.of(short_ ? 2.1 : 19.0),
                        60,
                        short_ ? 80 : 0,
                        short_ ? 0.93 : 0.01)),
                short_ ? List.of(alert(key)) : List.of());
    }

    private RecordSummary alert(String key) {
        return new RecordSummary(
                "demand",
                "d0112233445566778899aabbccddeeff",
                "DemandAlert",
                key + ": stockout ahead",
                Severity.URGENT,
                0.93,
                now.minus(Duration.ofHours(3)),
                now.minus(Duration.ofHours(3)),
                key,
                List.of("stock 18, runs out within 5 periods with a probability of 93 %"),
                List.of(new RecordSummary.Told(
                        "stockout_ahead",
                        Map.of("stock", "18", "probability", "0.93", "leadTime", "5"),
                        "stock 18, runs out within 5 periods with a probability of 93 %")),
                Map.of("kind", List.of("STOCKOUT_AHEAD"), "state", List.of("RAISED")),
                DeskView.UNTOUCHED,
                Optional.empty());
    }

    private static List<Double> quantities(int count) {
        var list = new ArrayList<Double>();
        for (int i = 0; i < count; i++) {
            list.add(i % 13 == 5 ? null : Math.rint(9 + 4 * Math.sin(i / 7.0 * 2 * Math.PI) + i * 0.1));
        }
        return list;
    }

    @Override
    public Optional<ItemDetail> item(String key) {
        if (items("", Optional.empty(), 10).items().stream()
                .noneMatch(item -> item.key().equals(key))) {
            return Optional.empty();
        }
        Instant origin = now.truncatedTo(java.time.temporal.ChronoUnit.DAYS);
        var history = new ArrayList<Observed>();
        List<Double> past = quantities(84);
        for (int i = 0; i < past.size(); i++) {
            history.add(new Observed(
                    origin.minus(Duration.ofDays(past.size() - i)),
                    Optional.ofNullable(past.get(i)),
                    i < 20 ? Optional.empty() : Optional.of(9 + 3.6 * Math.sin(i / 7.0 * 2 * Math.PI) + i * 0.1)));
        }
        var fan = new ArrayList<FanStep>();
        for (int i = 0; i < 14; i++) {
            double mean = 17 + 4 * Math.sin(i / 7.0 * 2 * Math.PI);
            double width = 2 + i * 0.35;
            fan.add(new FanStep(
                    origin.plus(Duration.ofDays(i)),
                    mean,
                    Map.of(
                            "0.05",
                            mean - 2 * width,
                            "0.1",
                            mean - 1.5 * width,
                            "0.5",
                            mean,
                            "0.9",
                            mean + 1.5 * width,
                            "0.95",
                            mean + 2 * width),
                    i % 7 == 6,
                    Optional.empty()));
        }
        ItemView view = view(key);
        return Optional.of(new ItemDetail(
                view,
                history,
                fan,
                view.alerts(),
                Optional.of(new Accuracy(
                        64,
                        2.31,
                        -0.12,
                        Optional.of(0.18),
                        Optional.of(0.74),
                        Map.of("0.1", 0.11, "0.5", 0.52, "0.9", 0.92)))));
    }
}
