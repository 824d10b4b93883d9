package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStep;
import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.engine.Emission;
import dev.vorrang.scoring.engine.Output;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.metrics.Measurement;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the records that are sent on. For one thread. */
final class DemandRecords {

    /** Of the closed periods, for people to see where a forecast comes from. */
    private static final int OBSERVED = 28;

    private static final int ID_BYTES = 16;

    private final DemandStream stream;
    private final DemandCalendar calendar;

    DemandRecords(DemandStream stream) {
        this.stream = stream;
        this.calendar = stream.settings().calendar();
    }

    DemandForecast forecast(
            PendingForecast pending,
            Prediction<DemandPrediction> prediction,
            Optional<StockOutlook> outlook,
            Instant now) {
        SeriesKey key = pending.item().key();
        return DemandForecast.newBuilder()
                .setId(pending.cause().orElseGet(() -> id(key, "forecast", pending.origin())))
                .setItem(key.item())
                .setLocation(key.location().orElse(null))
                .setOrigin(calendar.start(pending.origin()))
                .setRevision(pending.revision())
                .setPeriod(calendar.period().name())
                .setObserved(observed(pending.input().quantities()))
                .setLevels(stream.shape().levels())
                .setSteps(steps(pending.origin(), prediction.value()))
                .setDecision(outlook.map(StockOutlook::decision).orElse(null))
                .setModels(prediction.models())
                .setPosition(pending.trigger().position())
                .setReceivedAt(pending.trigger().receivedAt().orElse(null))
                .setScoredAt(now)
                .build();
    }

    private static List<Float> observed(float[] quantities) {
        var last = new ArrayList<Float>(OBSERVED);
        for (int i = Math.max(0, quantities.length - OBSERVED); i < quantities.length; i++) {
            last.add(Float.isNaN(quantities[i]) ? null : (Float) quantities[i]);
        }
        return last;
    }

    private List<DemandStep> steps(long origin, DemandPrediction prediction) {
        return IntStream.range(0, prediction.horizon())
                .mapToObj(step -> {
                    boolean closed = calendar.closed(origin + step);
                    float[] row = prediction.quantiles()[step];
                    var quantiles = new ArrayList<Float>(row.length);
                    for (float quantile : row) {
                        quantiles.add(quantile);
                    }
                    return new DemandStep(
                            calendar.start(origin + step),
                            prediction.mean()[step],
                            quantiles,
                            closed,
                            people(row, closed));
                })
                .toList();
    }

    private Integer people(float[] quantiles, boolean closed) {
        return stream.settings()
                .staffing()
                .map(staffing ->
                        closed ? 0 : staffing.people(quantiles[stream.shape().nearest(staffing.level())]))
                .orElse(null);
    }

    /** What a forecast means for the stock of its item. */
    StockOutlook outlook(PendingForecast pending, DemandPrediction prediction, DemandStock stock) {
        long origin = pending.origin();
        var length = Duration.between(calendar.start(origin), calendar.start(origin + 1));
        return StockOutlook.of(
                prediction,
                stream.shape(),
                step -> calendar.closed(origin + step),
                calendar.period().hasCalendar()
                        ? (double) length.toSeconds() / Duration.ofDays(1).toSeconds()
                        : 1,
                stock,
                stream.settings().stock());
    }

    private DemandAlert alert(SeriesKey key, AlertChange change, Position position) {
        return DemandAlert.newBuilder()
                .setId(id(key, change.kind().name(), change.start()))
                .setItem(key.item())
                .setLocation(key.location().orElse(null))
                .setKind(change.kind())
                .setState(change.state())
                .setStart(calendar.start(change.start()))
                .setTime(calendar.start(change.index()))
                .setPeak(change.peak())
                .setPeakTime(calendar.start(change.peakIndex()))
                .setReasons(List.of(change.reason().getText()))
                .setReasonDetails(List.of(change.reason()))
                .setPosition(position)
                .build();
    }

    /** Alerts, perhaps with the forecast that they come with. */
    Emission emission(
            SeriesKey key,
            Instant time,
            Optional<DemandForecast> forecast,
            List<AlertChange> changes,
            Position position) {
        byte[] name = key.toString().getBytes(StandardCharsets.UTF_8);
        var outputs = new ArrayList<Output<?>>(1 + changes.size());
        var measurements = new ArrayList<Measurement>(1 + changes.size());
        forecast.ifPresent(made -> {
            outputs.add(new Output<>(stream.names().demandForecast(), name, made));
            measurements.add(Measurement.one(Metric.DEMAND_FORECASTS));
        });
        for (AlertChange change : changes) {
            outputs.add(new Output<>(stream.names().demandAlerts(), name, alert(key, change, position)));
            measurements.add(Measurement.one(
                    Metric.DEMAND_ALERTS, change.kind().name(), change.state().name()));
        }
        return new Emission(time, outputs, measurements);
    }

    private static String id(SeriesKey key, String what, long index) {
        try {
            String all = key.item() + "\n" + key.location().orElse("") + "\n" + what + "\n" + index;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
