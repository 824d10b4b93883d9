package dev.vorrang.console.demand;

import dev.vorrang.console.history.HistorySettings;
import dev.vorrang.console.index.TopicFollower;
import dev.vorrang.console.view.DemandStore;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordQuery.Sort;
import dev.vorrang.console.view.RecordStore;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStep;
import dev.vorrang.schemas.StockDecision;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The items that are forecast. Follows the topics until it is closed. */
public final class Items implements DemandStore, AutoCloseable {

    private static final int MAX_ALERTS_SHOWN = 100;
    /** More alerts at once do not move their items to the front. */
    private static final int MAX_ALERTS = 10_000;

    private final DemandHistory history;
    private final TopicFollower follower;
    private final RecordStore records;

    /**
     * Where an item stands in the list.
     *
     * @param pressing severity of its most severe open alert, from 1; 0 without
     */
    private record Place(int pressing, String key) {

        static final Comparator<Place> ORDER =
                Comparator.comparingInt(Place::pressing).reversed().thenComparing(Place::key);

        String cursor() {
            return pressing + key;
        }

        static Place read(String cursor) {
            if (cursor.isEmpty() || cursor.charAt(0) < '0' || cursor.charAt(0) > '9') {
                throw new IllegalArgumentException("after '" + cursor + "': allowed is what a page before had as next");
            }
            return new Place(cursor.charAt(0) - '0', cursor.substring(1));
        }
    }

    private Items(DemandHistory history, TopicFollower follower, RecordStore records) {
        this.history = history;
        this.follower = follower;
        this.records = records;
    }

    /**
     * Opens what is kept and begins to follow the topics.
     *
     * @param records has the alerts; stays the caller's, and open for longer than this
     * @throws IOException if the folder cannot be used, or is in use
     */
    public static Items open(HistorySettings settings, RecordStore records) throws IOException {
        var history = new DemandHistory(settings.topics(), settings.serdes(), settings.folder());
        history.open();
        return new Items(
                history, TopicFollower.start("console-demand", settings.kafka(), settings.keeping(), history), records);
    }

    @Override
    public ItemPage items(String text, Optional<String> after, int limit) {
        Optional<Place> last = after.map(Place::read);
        Map<String, List<RecordSummary>> open = new HashMap<>();
        alerts(Map.of(DemandAlertFeed.STATE, Set.of("!CLEARED")), Sort.PRIORITY, MAX_ALERTS)
                .forEach(alert -> open.computeIfAbsent(alert.key(), first -> new ArrayList<>())
                        .add(alert));
        String wanted = text.toLowerCase(Locale.ROOT);
        List<Place> places = history.keys().stream()
                .filter(key -> key.toLowerCase(Locale.ROOT).contains(wanted))
                .map(key -> new Place(pressing(open.getOrDefault(key, List.of())), key))
                .sorted(Place.ORDER)
                .toList();
        List<Place> rest = places.stream()
                .filter(place -> last.isEmpty() || Place.ORDER.compare(place, last.get()) > 0)
                .toList();
        List<Place> page = rest.subList(0, Math.min(limit, rest.size()));
        var items = new ArrayList<ItemView>(page.size());
        for (Place place : page) {
            history.item(place.key())
                    .ifPresent(block -> items.add(view(place.key(), block, open.getOrDefault(place.key(), List.of()))));
        }
        return new ItemPage(
                places.size(),
                items,
                page.size() == rest.size()
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).cursor()));
    }

    private static int pressing(List<RecordSummary> alerts) {
        return alerts.stream()
                .mapToInt(alert -> alert.severity().ordinal() + 1)
                .max()
                .orElse(0);
    }

    @Override
    public Optional<ItemDetail> item(String key) {
        return history.item(key).map(block -> {
            List<RecordSummary> alerts =
                    alerts(Map.of(DemandAlertFeed.SERIES, Set.of(key)), Sort.NEWEST, MAX_ALERTS_SHOWN).stream()
                            // A name that begins with ! would ask for all but it.
                            .filter(alert -> alert.key().equals(key))
                            .toList();
            List<RecordSummary> open = alerts.stream()
                    .filter(alert -> !alert.facets()
                            .getOrDefault(DemandAlertFeed.STATE, List.of())
                            .contains("CLEARED"))
                    .toList();
            var past = new ArrayList<Observed>();
            block.closed()
                    .forEach((start, period) -> past.add(new Observed(
                            Instant.ofEpochMilli(start), known(period.quantity()), known(period.expected()))));
            return new ItemDetail(
                    view(key, block, open),
                    past,
                    fan(block.last()),
                    alerts,
                    ForecastAccuracy.of(block.closed().values()));
        });
    }

    private static Optional<Double> known(float value) {
        return Float.isNaN(value) ? Optional.empty() : Optional.of((double) value);
    }

    private static ItemView view(String key, ItemBlock block, List<RecordSummary> open) {
        DemandForecast forecast = block.last();
        var observed = new ArrayList<Double>();
        forecast.getObserved().forEach(quantity -> observed.add(quantity == null ? null : (double) quantity));
        return new ItemView(
                key,
                forecast.getPeriod(),
                forecast.getOrigin(),
                observed,
                forecast.getSteps().stream()
                        .map(step -> (double) step.getMean())
                        .toList(),
                Optional.ofNullable(forecast.getDecision()).map(Items::stock),
                open);
    }

    private static StockView stock(StockDecision decision) {
        return new StockView(
                decision.getStock(),
                decision.getOnOrder(),
                decision.getLeadTime(),
                Optional.ofNullable(decision.getDaysOfCover()),
                decision.getReorderPoint(),
                decision.getOrderQuantity(),
                decision.getStockoutProbability());
    }

    private static List<FanStep> fan(DemandForecast forecast) {
        var fan = new ArrayList<FanStep>();
        for (DemandStep step : forecast.getSteps()) {
            var quantiles = new TreeMap<String, Double>();
            for (int i = 0; i < step.getQuantiles().size(); i++) {
                quantiles.put(forecast.getLevels().get(i).toString(), (double)
                        step.getQuantiles().get(i));
            }
            fan.add(new FanStep(
                    step.getTime(),
                    step.getMean(),
                    quantiles,
                    step.getClosed(),
                    Optional.ofNullable(step.getPeople())));
        }
        return fan;
    }

    private List<RecordSummary> alerts(Map<String, Set<String>> filters, Sort sort, int most) {
        var query = new RecordQuery(
                DemandConsole.NAME,
                Set.of(),
                "",
                filters,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sort,
                false,
                Optional.empty(),
                Math.min(most, RecordQuery.MAX_LIMIT));
        return records.all(query, most);
    }

    /** Keeps what was read. */
    @Override
    public void close() throws IOException {
        follower.close();
        history.close();
    }
}
