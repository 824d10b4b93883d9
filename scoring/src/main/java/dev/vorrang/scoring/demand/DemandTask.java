package dev.vorrang.scoring.demand;

import com.google.common.collect.AbstractIterator;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.engine.Due;
import dev.vorrang.scoring.engine.Emission;
import dev.vorrang.scoring.engine.Pending;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.RecordInfo;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.TaskScorer;
import dev.vorrang.scoring.engine.metrics.Measurement;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * One task's items: sums order lines into periods, closes these as time goes on, and asks for a forecast of each item whose period has
 * closed or was corrected. For one thread.
 */
final class DemandTask implements TaskScorer<DemandObservation, DemandWindow, DemandPrediction> {

    private final DemandStream stream;
    private final TaskContext<DemandObservation, DemandWindow, DemandPrediction> context;
    private final DemandSettings settings;
    private final DemandCalendar calendar;
    private final DemandRecords records;
    private final ObservationChecks checks;
    private final DemandStates states;
    private final PeriodClock clock;
    private final float[] levels;

    DemandTask(DemandStream stream, TaskContext<DemandObservation, DemandWindow, DemandPrediction> context) {
        this.stream = stream;
        this.context = context;
        this.settings = stream.settings();
        this.calendar = settings.calendar();
        this.records = new DemandRecords(stream);
        this.checks = new ObservationChecks(settings);
        this.levels = stream.shape().levelsAsFloats();
        this.states = new DemandStates(
                context.store(DemandStates.STORE),
                stream.environment().metrics(),
                stream.shape().context(),
                stream.shape().known(),
                stream.itemsAtHand());
        this.clock = new PeriodClock(settings, states, stream.shape().context(), now());
        context.schedule(WallClock.PERIOD, this::closeByClock);
    }

    private Instant now() {
        return stream.environment().clock().instant();
    }

    @Override
    public Optional<Pending<DemandWindow, DemandPrediction>> accept(DemandObservation observation, RecordInfo record) {
        SeriesKey key = checks.check(observation, record);
        long index = calendar.index(observation.getTime());
        if (observation.getKind() == DemandKind.PLAN) {
            plan(key, index, observation);
            return Optional.empty();
        }
        var trigger = Trigger.of(observation, record);
        clock.read(observation.getTime(), record).ifPresent(to -> closeTo(to, trigger));
        Optional<ItemState> known = states.find(key);
        ItemState item = known.filter(state -> !clock.isFarAhead(state)).orElse(null);
        if (item != null
                && item.begun()
                && index < item.series().end()
                && !item.series().reaches(index)) {
            throw PeriodClock.failed("time " + observation.getTime() + " lies before the last "
                    + stream.shape().context()
                    + " closed periods of '" + key + "': allowed are these and later ones; an earlier one changes no"
                    + " forecast");
        }
        score(Optional.ofNullable(item));
        ItemState begun = item == null ? begin(key, known, index) : item;
        begun.beginAt(index);
        states.touched(begun);
        clock.came(index);
        return observation.getKind() == DemandKind.PERIOD_TOTAL
                ? total(begun, index, observation, trigger)
                : line(begun, index, observation, trigger);
    }

    private void plan(SeriesKey key, long index, DemandObservation observation) {
        if (clock.begun()) {
            checks.checkPlan(index, clock.closedTo());
        }
        ItemState item = states.find(key).orElseGet(() -> states.create(key, index));
        item.know(index, observation.getKnown());
        states.touched(item);
        count("PLAN");
    }

    private ItemState begin(SeriesKey key, Optional<ItemState> wrong, long index) {
        wrong.ifPresent(state -> state.restart(states.empty(index)));
        return wrong.orElseGet(() -> states.create(key, index));
    }

    /** What arrives is held against the last forecast, so that must be known. */
    private void score(Optional<ItemState> item) {
        if (item.filter(ItemState::waits).isPresent()) {
            context.score(Collections.emptyIterator());
            item.get().allForecast();
        }
    }

    private void closeTo(long to, Trigger trigger) {
        context.score(Collections.emptyIterator());
        states.write();
        clock.over(to);
        try (var closing = new Closing(this, states, to, trigger)) {
            context.score(closing);
        }
        clock.closed(to);
    }

    private void closeByClock() {
        clock.byWallClock(now())
                .ifPresent(to -> closeTo(
                        to,
                        Trigger.time(
                                new Position(stream.topics().input().name(), context.partition(), clock.offset()))));
    }

    /** Items with a period that is over. */
    Predicate<ItemState.Glance> isDueBefore(long to) {
        return glance -> glance.begun()
                && glance.end() < endOf(glance.totals(), to)
                && glance.end() - 1 - glance.lastDemand() < settings.discontinuedAfter();
    }

    /** A total may come until the period after it is over, too. */
    private static long endOf(boolean totals, long to) {
        return totals ? to - 1 : to;
    }

    long endOf(ItemState item, long to) {
        return endOf(item.totals(), to);
    }

    boolean isDiscontinued(ItemState item) {
        return item.quietFor() >= settings.discontinuedAfter();
    }

    private double absent(ItemState item, long index) {
        return item.totals() || clock.wasClosed(index) ? Double.NaN : 0;
    }

    /** Closes the next period of an item. @return its forecast, unless it is forecast no more */
    Optional<Due<DemandWindow, DemandPrediction>> close(ItemState item, Trigger trigger) {
        ClosedPeriod period = item.close(absent(item, item.series().end()));
        states.touched(item);
        if (!isDiscontinued(item)) {
            byte[] key = item.key().toString().getBytes(StandardCharsets.UTF_8);
            return Optional.of(
                    new Due<>(trigger.position(), key, pending(item, Optional.of(period), Optional.empty(), trigger)));
        }
        score(Optional.of(item));
        send(item, item.alerts().discontinued(period.index(), settings.discontinuedAfter()), trigger);
        item.expect(Optional.empty());
        return Optional.empty();
    }

    /** @param cause id of the observation of the item that led to it */
    private PendingForecast pending(
            ItemState item, Optional<ClosedPeriod> closed, Optional<String> cause, Trigger trigger) {
        item.asked();
        Series series = item.series();
        return new PendingForecast(
                this,
                item,
                series.window(calendar, stream.shape().horizon()),
                series.end(),
                item.nextRevision(),
                closed,
                cause,
                trigger);
    }

    private Optional<Pending<DemandWindow, DemandPrediction>> line(
            ItemState item, long index, DemandObservation line, Trigger trigger) {
        if (!item.note(line.getId())) {
            count("DUPLICATE");
            return Optional.empty();
        }
        item.totals(false);
        item.know(index, line.getKnown());
        double quantity = line.getKind() == DemandKind.RETURN ? -line.getQuantity() : line.getQuantity();
        if (index < item.series().end()) {
            count("LATE");
            boolean changed = item.correct(index, quantity, any -> absent(item, any));
            return changed
                    ? Optional.of(pending(item, Optional.empty(), Optional.of(line.getId()), trigger))
                    : Optional.empty();
        }
        double sum = item.add(index, quantity);
        boolean behind = item.series().end() < clock.closedTo();
        while (item.series().end() < clock.closedTo()) {
            item.close(absent(item, item.series().end()));
        }
        if (behind && index < clock.closedTo()) {
            count("LATE");
            return Optional.of(pending(item, Optional.empty(), Optional.of(line.getId()), trigger));
        }
        count("ON_TIME");
        item.expectation()
                .filter(expected -> expected.covers(index))
                .ifPresent(
                        expected -> send(item, item.alerts().soFar(settings.alerts(), expected, index, sum), trigger));
        return Optional.empty();
    }

    private Optional<Pending<DemandWindow, DemandPrediction>> total(
            ItemState item, long index, DemandObservation total, Trigger trigger) {
        item.totals(true);
        item.know(index, total.getKnown());
        if (index < item.series().end()) {
            boolean changed = item.replace(index, total.getQuantity(), any -> absent(item, any));
            count(changed ? "LATE" : "DUPLICATE");
            return changed
                    ? Optional.of(pending(item, Optional.empty(), Optional.of(total.getId()), trigger))
                    : Optional.empty();
        }
        closeBefore(item, index, trigger);
        count("ON_TIME");
        return Optional.of(
                pending(item, Optional.of(item.closeAs(total.getQuantity())), Optional.of(total.getId()), trigger));
    }

    /** Closes what is missing between the last total and this one. */
    private void closeBefore(ItemState item, long index, Trigger trigger) {
        context.score(new AbstractIterator<>() {

            @Override
            protected Due<DemandWindow, DemandPrediction> computeNext() {
                while (item.series().end() < index) {
                    if (isDiscontinued(item)) {
                        item.close(absent(item, item.series().end()));
                        continue;
                    }
                    Optional<Due<DemandWindow, DemandPrediction>> due = close(item, trigger);
                    if (due.isPresent()) {
                        return due.get();
                    }
                }
                return endOfData();
            }
        });
    }

    private void send(ItemState item, List<AlertChange> changes, Trigger trigger) {
        item.alertsChanged();
        if (!changes.isEmpty()) {
            Instant at = calendar.start(changes.get(0).index());
            context.send(records.emission(item.key(), at, Optional.empty(), changes, trigger.position()));
        }
    }

    /** Takes a forecast that was waited for. */
    Emission forecast(PendingForecast pending, Prediction<DemandPrediction> prediction, Instant now) {
        ItemState item = pending.item();
        var changes = new ArrayList<AlertChange>();
        pending.closed().filter(period -> !Double.isNaN(period.quantity())).ifPresent(period -> item.expectation()
                .filter(expected -> expected.covers(period.index()))
                .ifPresent(expected -> changes.addAll(item.alerts().closed(settings.alerts(), expected, period))));
        item.expect(Optional.of(Expectation.of(
                pending.origin(), levels, prediction.value(), pending.input().quantities())));
        Optional<StockOutlook> outlook = item.stock().map(stock -> records.outlook(pending, prediction.value(), stock));
        outlook.ifPresent(made -> changes.addAll(item.alerts().stock(settings.alerts(), pending.origin(), made)));
        states.touched(item);
        DemandForecast forecast = records.forecast(pending, prediction, outlook, now);
        return records.emission(
                item.key(),
                forecast.getOrigin(),
                Optional.of(forecast),
                changes,
                pending.trigger().position());
    }

    private void count(String outcome) {
        stream.environment().metrics().count(Measurement.one(Metric.DEMAND_OBSERVED, outcome));
    }

    @Override
    public void side(Topic<?> topic, String key, SpecificRecord value) {
        states.stock(
                SeriesKey.parse(key), Optional.ofNullable((DemandStock) value).map(checks::check));
    }

    @Override
    public void beforeCommit() {
        states.write();
        clock.store();
    }
}
