package dev.vorrang.console.machine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** An hour of a machine, minute by minute. For one thread. */
final class HourBlock {

    /** Changes whenever {@link #bytes} does. */
    static final String FORMAT = "1";

    static final int MINUTES = 60;
    /** More sensors of a machine are left out. */
    static final int MAX_SENSORS = 500;

    private final Map<String, Column> sensors = new TreeMap<>();
    /** NaN where there was no score. */
    private final float[] anomaly = new float[MINUTES];

    private long maintenance;

    /** The minutes of a sensor; what has no count has no value. */
    static final class Column {

        private final int[] counts = new int[MINUTES];
        private final float[] means = new float[MINUTES];
        private final float[] lows = new float[MINUTES];
        private final float[] highs = new float[MINUTES];

        private void add(int minute, float value) {
            int count = ++counts[minute];
            // The difference of two large values may not be finite.
            means[minute] += value / count - means[minute] / count;
            lows[minute] = count == 1 ? value : Math.min(lows[minute], value);
            highs[minute] = count == 1 ? value : Math.max(highs[minute], value);
        }

        int count(int minute) {
            return counts[minute];
        }

        float mean(int minute) {
            return means[minute];
        }

        float low(int minute) {
            return lows[minute];
        }

        float high(int minute) {
            return highs[minute];
        }

        private boolean isSingle() {
            return Arrays.stream(counts).allMatch(count -> count <= 1);
        }

        private void write(DataOutputStream out) throws IOException {
            long present = 0;
            for (int minute = 0; minute < MINUTES; minute++) {
                present |= counts[minute] > 0 ? 1L << minute : 0;
            }
            out.writeLong(present);
            boolean single = isSingle();
            out.writeBoolean(single);
            write(means, present, out);
            if (!single) {
                for (int minute = 0; minute < MINUTES; minute++) {
                    if ((present >> minute & 1) == 1) {
                        out.writeInt(counts[minute]);
                    }
                }
                write(lows, present, out);
                write(highs, present, out);
            }
        }

        private static void write(float[] values, long present, DataOutputStream out) throws IOException {
            for (int minute = 0; minute < MINUTES; minute++) {
                if ((present >> minute & 1) == 1) {
                    out.writeFloat(values[minute]);
                }
            }
        }

        private static Column read(DataInputStream in) throws IOException {
            var column = new Column();
            long present = in.readLong();
            boolean single = in.readBoolean();
            read(column.means, present, in);
            for (int minute = 0; minute < MINUTES; minute++) {
                if ((present >> minute & 1) == 1) {
                    column.counts[minute] = single ? 1 : in.readInt();
                }
            }
            if (single) {
                System.arraycopy(column.means, 0, column.lows, 0, MINUTES);
                System.arraycopy(column.means, 0, column.highs, 0, MINUTES);
            } else {
                read(column.lows, present, in);
                read(column.highs, present, in);
            }
            return column;
        }

        private static void read(float[] values, long present, DataInputStream in) throws IOException {
            for (int minute = 0; minute < MINUTES; minute++) {
                if ((present >> minute & 1) == 1) {
                    values[minute] = in.readFloat();
                }
            }
        }
    }

    HourBlock() {
        Arrays.fill(anomaly, Float.NaN);
    }

    /** @param value finite */
    void add(int minute, String sensor, double value) {
        Column column = sensors.get(sensor);
        if (column == null) {
            if (sensors.size() == MAX_SENSORS) {
                return;
            }
            column = new Column();
            sensors.put(sensor, column);
        }
        column.add(minute, (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value)));
    }

    /** The highest of a minute counts. */
    void addAnomaly(int minute, double score) {
        anomaly[minute] = Float.isNaN(anomaly[minute]) ? (float) score : Math.max(anomaly[minute], (float) score);
    }

    void setMaintenance(int minute) {
        maintenance |= 1L << minute;
    }

    Map<String, Column> sensors() {
        return sensors;
    }

    float anomaly(int minute) {
        return anomaly[minute];
    }

    boolean isMaintenance(int minute) {
        return (maintenance >> minute & 1) == 1;
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeLong(maintenance);
            for (float score : anomaly) {
                out.writeFloat(score);
            }
            out.writeInt(sensors.size());
            for (var each : sensors.entrySet()) {
                out.writeUTF(each.getKey());
                each.getValue().write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @param bytes as {@link #bytes} gave them */
    static HourBlock read(byte[] bytes) {
        var block = new HourBlock();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            block.maintenance = in.readLong();
            for (int minute = 0; minute < MINUTES; minute++) {
                block.anomaly[minute] = in.readFloat();
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                block.sensors.put(in.readUTF(), Column.read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a block of an hour is damaged", e);
        }
        return block;
    }
}
