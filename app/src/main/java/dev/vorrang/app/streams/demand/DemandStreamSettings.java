package dev.vorrang.app.streams.demand;

import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.streams.demand.score.ShippedModel;
import dev.vorrang.app.streams.demand.source.DemandSources;
import dev.vorrang.scoring.demand.DemandActions;
import dev.vorrang.scoring.demand.DemandAlertSettings;
import dev.vorrang.scoring.demand.DemandCalendar;
import dev.vorrang.scoring.demand.DemandCounts;
import dev.vorrang.scoring.demand.DemandSettings;
import dev.vorrang.scoring.demand.DemandStream;
import dev.vorrang.scoring.demand.MachineGroup;
import dev.vorrang.scoring.demand.MailGroup;
import dev.vorrang.scoring.demand.Staffing;
import dev.vorrang.scoring.demand.StockSettings;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How demand is forecast.
 *
 * @param stream what every stream has
 * @param frame how periods count, and how far to forecast
 * @param rules from observations to series, and from forecasts to alerts and decisions
 * @param cachedItems items whose state is in memory, for each partition
 * @param store where the states of all items are
 */
public record DemandStreamSettings(
        StreamSettings stream, DemandFrame frame, DemandSettings rules, int cachedItems, Store store)
        implements StreamOptions {

    /** The stream's name. */
    public static final String NAME = "demand";

    /** Where states are kept, besides Kafka. */
    public enum Store {
        DISK,
        MEMORY
    }

    private static final DemandSettings DEFAULTS = DemandSettings.of(DemandPeriod.DAY, ZoneId.of("UTC"));
    private static final DemandAlertSettings ALERT_DEFAULTS = DEFAULTS.alerts();
    private static final StockSettings STOCK_DEFAULTS = DEFAULTS.stock();
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final StreamSettings.Keys STREAM = new StreamSettings.Keys(NAME, ShippedModel.PATH);
    private static final Section KEYS = new Section(STREAM.section().path(), "Demand", "");
    private static final Section ALERTS =
            new Section(KEYS.path() + ".alerts", "Alerts of demand", "When an alert is raised and cleared.");
    private static final Section STOCK = new Section(
            KEYS.path() + ".stock",
            "Stock",
            "How stock is replenished, where the item's record on `demand.stock` does not say otherwise.");
    private static final Section STAFFING = new Section(
            KEYS.path() + ".staffing",
            "People",
            "People needed in each hour (Erlang C), with `period: hour` and `handle-time` set.");

    private static final Key<DemandPeriod> PERIOD = KEYS.add(Key.of(
            "period",
            Kind.oneOf(DemandPeriod.class),
            "day",
            "Length of a period. With `step`, the seconds of a time since 1970 are the number of the period."));
    private static final Key<Integer> SEASON = KEYS.add(Key.of(
                    "season",
                    Kind.integer(1, DemandFrame.MAX_PERIODS),
                    "Periods after which demand tends to repeat. Default: a day of hours, a week of days, a year of"
                            + " weeks, 1 for steps.")
            .example("7"));
    private static final Key<Integer> HORIZON = KEYS.add(
            Key.of("horizon", Kind.integer(1, DemandFrame.MAX_PERIODS), "14", "Number of periods to forecast."));
    private static final Key<ZoneId> ZONE = KEYS.add(Key.of(
            "zone",
            Kind.text().map(ZoneId::of).named("a time zone, such as Europe/Berlin"),
            "UTC",
            "Time zone of the periods: days of 23 and 25 hours are days."));
    private static final Key<DayOfWeek> CLOSED_DAYS = KEYS.add(Key.of(
                    "closed-days[]",
                    Kind.oneOf(DayOfWeek.class),
                    "Days of the week without business: no demand is then unknown rather than zero. For periods of"
                            + " hours and days.")
            .example("[sunday]"));
    private static final Key<LocalDate> CLOSED_DATES = KEYS.add(Key.of(
                    "closed-dates[]",
                    Kind.text().map(LocalDate::parse).named("a date, such as 2026-12-25"),
                    "Dates without business, likewise.")
            .example("[2026-12-25]"));
    private static final Key<Boolean> CLOSED_IF_EMPTY = KEYS.add(Key.of(
                    "closed-if-empty",
                    Kind.flag(),
                    "Whether a period in which no item of a partition has demand was closed, where usually 20"
                            + " observations or more come. Default: true for days and weeks, false for hours and steps.")
            .example("true"));
    private static final Key<Duration> GRACE = KEYS.add(Key.of(
            "grace",
            Kind.duration(Duration.ZERO, Duration.ofDays(31)),
            "5m",
            "Time after the end of a period until it is closed. What arrives later corrects the closed period and its"
                    + " forecast."));
    private static final Key<Duration> MAX_GAP = KEYS.add(Key.of(
            "max-gap",
            Kind.duration(Duration.ofSeconds(1), LONGEST),
            DEFAULTS.longestGap().toDays() + "d",
            "A record that is further ahead of the ones before it has a wrong clock and goes to the dead letters, until"
                    + " three in a row agree."));
    private static final Key<Integer> DISCONTINUED_AFTER = KEYS.add(Key.of(
            "discontinued-after",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(DEFAULTS.discontinuedAfter()),
            "Number of periods without demand after which an item is no longer forecast, until something comes."));
    private static final Key<Double> LARGEST_QUANTITY = KEYS.add(Key.of(
            "largest-quantity",
            Kind.decimal(0, 1e15),
            "999999999",
            "Largest quantity of one observation. A larger one goes to the dead letters."));
    private static final Key<Double> SURGE = ALERTS.add(Key.of(
            "surge",
            Kind.decimal(1, 1000),
            Double.toString(ALERT_DEFAULTS.surgeTimes()),
            "A period is a surge when its quantity is so many times as far above the median as the interval of 80 % reaches,"
                    + " also while it still runs."));
    private static final Key<Double> DRIFT = ALERTS.add(Key.of(
            "drift",
            Kind.decimal(0, 10),
            Double.toString(ALERT_DEFAULTS.drift()),
            "Standard deviations on one side of the forecast that do not count towards a shift of the level."));
    private static final Key<Double> SHIFT = ALERTS.add(Key.of(
            "shift",
            Kind.decimal(0, 1000),
            Double.toString(ALERT_DEFAULTS.shift()),
            "Sum of the deviations above `drift` (CUSUM) at which a shift of the level is raised."));
    private static final Key<Integer> STOP_AFTER = ALERTS.add(Key.of(
            "stop-after",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERT_DEFAULTS.stopPeriods()),
            "Minimum number of periods without demand that is a stop; it also must be twice as long as any before."));
    private static final Key<Integer> CLEAR = ALERTS.add(Key.of(
            "clear",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERT_DEFAULTS.calm()),
            "Number of consecutive periods within the interval that clears a surge."));
    private static final Key<Integer> UPDATE = ALERTS.add(Key.of(
            "update",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERT_DEFAULTS.update()),
            "Minimum number of periods between two updates of an open alert."));
    private static final Key<Integer> LEAD_TIME = STOCK.add(Key.of(
            "lead-time",
            Kind.integer(1, DemandFrame.MAX_PERIODS),
            Integer.toString(STOCK_DEFAULTS.leadTime()),
            "Periods from an order to its arrival."));
    private static final Key<Integer> REVIEW = STOCK.add(Key.of(
            "review",
            Kind.integer(0, DemandFrame.MAX_PERIODS),
            Integer.toString(STOCK_DEFAULTS.review()),
            "Periods between two looks at the stock, which an order must last for as well."));
    private static final Key<Double> SERVICE_LEVEL = STOCK.add(Key.of(
            "service-level",
            Kind.decimal(0.5, 0.9999),
            Double.toString(STOCK_DEFAULTS.serviceLevel()),
            "Probability that the stock is to last until an order arrives."));
    private static final Key<Double> CORRELATION = STOCK.add(Key.of(
            "correlation",
            Kind.decimal(0, 1),
            Double.toString(STOCK_DEFAULTS.correlation()),
            "Correlation of the errors of two periods of a forecast: 0 if they are independent, 1 if all go wrong"
                    + " together."));
    private static final Key<Duration> HANDLE_TIME = STAFFING.add(Key.of(
                    "handle-time",
                    Kind.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
                    "Mean time that one mail, call or order takes. Default: no people are planned.")
            .example("6m"));
    private static final Key<Double> GOAL =
            STAFFING.add(Key.of("goal", Kind.decimal(0.01, 0.9999), "0.8", "Share to be answered `within` the time."));
    private static final Key<Duration> WITHIN = STAFFING.add(
            Key.of("within", Kind.duration(Duration.ZERO, Duration.ofDays(1)), "20s", "Time within which to answer."));
    private static final Key<Double> QUANTILE = STAFFING.add(Key.of(
            "quantile",
            Kind.decimal(0.01, 0.99),
            "0.5",
            "Quantile of the forecast to plan for: above 0.5 leaves people idle more often, below it keeps customers"
                    + " waiting."));
    private static final Key<MailGroup> COUNT_MAIL = KEYS.add(Key.of(
                    "count.mail[]",
                    Kind.oneOf(MailGroup.class),
                    "Counts scored mails as demand, by these: each queue, topic or language is an item, such as"
                            + " `mail-queue:support`.")
            .example("[queue]"));
    private static final Key<MachineGroup> COUNT_MACHINE = KEYS.add(Key.of(
                    "count.machine[]",
                    Kind.oneOf(MachineGroup.class),
                    "Counts what machines do as demand. `kind`: alerts raised, by their kind, such as"
                            + " `machine-kind:anomaly`. `alerts`: the same by machine, such as `machine-alerts:pump-3`."
                            + " `hours`: hours with readings of a machine that is not in maintenance, by minutes, such as"
                            + " `machine-hours:pump-3`.")
            .example("[kind]"));
    private static final Key<Integer> CACHED_ITEMS = KEYS.add(Key.of(
            "cached-items",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(DemandStream.DEFAULT_ITEMS_AT_HAND),
            "Items of each partition whose state is cached in memory. Other states are read from the store on"
                    + " demand."));
    private static final Key<Store> STORE = KEYS.add(Key.of(
            "store",
            Kind.oneOf(Store.class),
            "disk",
            "Store of the items' states, in addition to Kafka: `disk` or `memory`."));

    /** Where they stand. */
    public static final StreamSection<DemandStreamSettings> SECTION = new StreamSection<>(
                    NAME,
                    DemandStreamSettings.class,
                    List.of(STREAM.section(), KEYS, ALERTS, STOCK, STAFFING),
                    Optional.of(DemandSources.SECTION),
                    DemandStreamSettings::read)
            .withActions(DemandActions.FIELDS);

    /** @param kafka further settings of Kafka's clients, by Kafka's names */
    private static DemandStreamSettings read(SettingsReader reader, Map<String, String> kafka) {
        DemandPeriod period = reader.get(PERIOD);
        int horizon = reader.get(HORIZON);
        return new DemandStreamSettings(
                STREAM.read(reader, kafka),
                reader.find(SEASON)
                        .map(season -> DemandFrame.of(period, season, horizon))
                        .orElseGet(() -> DemandFrame.of(period, horizon)),
                rules(reader, period),
                reader.get(CACHED_ITEMS),
                reader.get(STORE));
    }

    private static DemandSettings rules(SettingsReader reader, DemandPeriod period) {
        return reader.make(
                        KEYS.path(),
                        () -> new DemandSettings(
                                new DemandCalendar(
                                        period,
                                        reader.get(ZONE),
                                        new HashSet<>(reader.list(CLOSED_DAYS)),
                                        new HashSet<>(reader.list(CLOSED_DATES)),
                                        reader.find(CLOSED_IF_EMPTY)
                                                .orElse(period == DemandPeriod.DAY || period == DemandPeriod.WEEK)),
                                reader.get(GRACE),
                                reader.get(MAX_GAP),
                                reader.get(DISCONTINUED_AFTER),
                                reader.get(LARGEST_QUANTITY),
                                alerts(reader),
                                stock(reader),
                                staffing(reader),
                                new DemandCounts(reader.list(COUNT_MAIL), reader.list(COUNT_MACHINE))))
                .orElse(DEFAULTS);
    }

    private static DemandAlertSettings alerts(SettingsReader reader) {
        return reader.make(
                        ALERTS.path(),
                        () -> new DemandAlertSettings(
                                reader.get(SURGE),
                                reader.get(DRIFT),
                                reader.get(SHIFT),
                                reader.get(STOP_AFTER),
                                reader.get(CLEAR),
                                reader.get(UPDATE)))
                .orElse(ALERT_DEFAULTS);
    }

    private static StockSettings stock(SettingsReader reader) {
        return new StockSettings(
                reader.get(LEAD_TIME), reader.get(REVIEW), reader.get(SERVICE_LEVEL), reader.get(CORRELATION));
    }

    private static Optional<Staffing> staffing(SettingsReader reader) {
        return reader.find(HANDLE_TIME)
                .map(time -> new Staffing(time, reader.get(GOAL), reader.get(WITHIN), reader.get(QUANTILE)));
    }
}
