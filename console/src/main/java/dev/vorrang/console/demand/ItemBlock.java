package dev.vorrang.console.demand;

import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStep;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.avro.SchemaNormalization;

/** An item's last forecast, and its past periods with what was forecast for each one period ahead. For one thread. */
final class ItemBlock {

    /** Changes whenever {@link #bytes} does. */
    static final String FORMAT = "1 " + SchemaNormalization.parsingFingerprint64(DemandForecast.getClassSchema());

    /** Periods that are kept. */
    static final int MAX_PERIODS = 400;

    private DemandForecast last;
    private final NavigableMap<Long, Period> periods = new TreeMap<>();

    /**
     * A period.
     *
     * @param quantity NaN if it is not known
     * @param expected mean that was forecast, NaN if nothing was
     * @param levels of the quantiles
     */
    record Period(float quantity, float expected, float[] levels, float[] quantiles) {

        private static final float[] NONE = {};
        static final Period UNKNOWN = new Period(Float.NaN, Float.NaN, NONE, NONE);

        Period withQuantity(Float observed) {
            return new Period(observed == null ? Float.NaN : observed, expected, levels, quantiles);
        }

        Period withForecast(DemandForecast forecast, DemandStep step) {
            return new Period(quantity, step.getMean(), floats(forecast.getLevels()), floats(step.getQuantiles()));
        }

        boolean isCompared() {
            return !Float.isNaN(quantity) && !Float.isNaN(expected);
        }

        private static float[] floats(List<? extends Number> values) {
            var floats = new float[values.size()];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = values.get(i).floatValue();
            }
            return floats;
        }
    }

    void take(DemandForecast forecast) {
        if (last != null && forecast.getOrigin().isBefore(last.getOrigin())) {
            // Read again, or of a clock that was behind: what is newer stays.
            return;
        }
        last = forecast;
        long length = length(forecast);
        long start = forecast.getOrigin().toEpochMilli();
        List<Float> observed = forecast.getObserved();
        for (int i = observed.size() - 1; i >= 0; i--) {
            start = near(start - length, length);
            periods.put(start, periods.getOrDefault(start, Period.UNKNOWN).withQuantity(observed.get(i)));
        }
        if (!forecast.getSteps().isEmpty()) {
            DemandStep next = forecast.getSteps().get(0);
            periods.merge(
                    next.getTime().toEpochMilli(),
                    Period.UNKNOWN.withForecast(forecast, next),
                    (before, fresh) -> before.withForecast(forecast, next));
        }
        while (periods.size() > MAX_PERIODS) {
            periods.pollFirstEntry();
        }
    }

    /** A start that is known, if there is one near by: a day of business may have 23 or 25 hours. */
    private long near(long start, long length) {
        Long before = periods.floorKey(start + length / 4);
        return before != null && before >= start - length / 4 ? before : start;
    }

    private static long length(DemandForecast forecast) {
        return switch (forecast.getPeriod()) {
            case "HOUR" -> 3_600_000L;
            case "DAY" -> 86_400_000L;
            case "WEEK" -> 7 * 86_400_000L;
            // The seconds since 1970 are the number of the step.
            default -> 1_000L;
        };
    }

    DemandForecast last() {
        return last;
    }

    /** Periods before that which is forecast first, by their start, in order. */
    NavigableMap<Long, Period> closed() {
        return periods.headMap(last.getOrigin().toEpochMilli(), false);
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            ByteBuffer forecast = last.toByteBuffer();
            out.writeInt(forecast.remaining());
            out.write(forecast.array(), forecast.arrayOffset() + forecast.position(), forecast.remaining());
            out.writeInt(periods.size());
            for (var each : periods.entrySet()) {
                Period period = each.getValue();
                out.writeLong(each.getKey());
                out.writeFloat(period.quantity());
                out.writeFloat(period.expected());
                out.writeInt(period.quantiles().length);
                for (int i = 0; i < period.quantiles().length; i++) {
                    out.writeFloat(period.levels()[i]);
                    out.writeFloat(period.quantiles()[i]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @param bytes as {@link #bytes} gave them */
    static ItemBlock read(byte[] bytes) {
        var block = new ItemBlock();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            block.last = DemandForecast.fromByteBuffer(ByteBuffer.wrap(in.readNBytes(in.readInt())));
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                long start = in.readLong();
                float quantity = in.readFloat();
                float expected = in.readFloat();
                var levels = new float[in.readInt()];
                var quantiles = new float[levels.length];
                for (int level = 0; level < levels.length; level++) {
                    levels[level] = in.readFloat();
                    quantiles[level] = in.readFloat();
                }
                block.periods.put(start, new Period(quantity, expected, levels, quantiles));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what is kept of an item is damaged", e);
        }
        return block;
    }
}
