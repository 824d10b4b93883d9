package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.AlertState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The alert of one kind of one machine, open or not. It is raised when k of the last n steps count, or many in a row come near that,
 * and cleared when m in a row do not, so that a value on the threshold does not make it flap. For one thread.
 */
final class AlertTrack {

    private static final int MAX_SENSORS = 5;

    private final AlertSettings settings;
    private final boolean lasts;
    private long history;
    private int inRow;
    private boolean open;
    private long firstSign;
    private long start;
    private double peak;
    private long peakTime;
    private String fault = "";
    private int quiet;
    private int sinceReport;
    private boolean grown;
    private final Map<String, Double> blame = new TreeMap<>();

    /** @param lasts whether it is also raised by what comes near counting for long enough */
    AlertTrack(AlertSettings settings, boolean lasts) {
        this.settings = settings;
        this.lasts = lasts;
    }

    /** The change that a step makes, if it makes one. */
    Optional<AlertState> step(long time, Sign sign) {
        long window = settings.of() == 64 ? -1L : (1L << settings.of()) - 1;
        boolean anyBefore = (history & window) != 0;
        history = (history << 1 | (sign.counts() ? 1 : 0)) & window;
        inRow = sign.keeps() ? Math.min(inRow, settings.lasting()) + 1 : 0;
        if (sign.counts() || lasts && sign.keeps()) {
            count(time, sign, anyBefore || lasts && inRow > 1);
        } else if (!open && history == 0) {
            forget();
        }
        return open ? whileOpen(sign.keeps()) : whileClosed();
    }

    private void count(long time, Sign sign, boolean anyBefore) {
        if (!open && !anyBefore) {
            forget();
            firstSign = time;
        }
        sign.sensors().forEach((sensor, share) -> blame.merge(sensor, (double) share, Double::sum));
        if (sign.severity() > peak) {
            peak = sign.severity();
            peakTime = time;
            fault = sign.fault().orElse("");
            grown = true;
        }
    }

    private Optional<AlertState> whileClosed() {
        if (Long.bitCount(history) < settings.raise() && !(lasts && inRow >= settings.lasting())) {
            return Optional.empty();
        }
        open = true;
        start = firstSign;
        quiet = 0;
        reported();
        return Optional.of(AlertState.RAISED);
    }

    private Optional<AlertState> whileOpen(boolean keeps) {
        quiet = keeps ? 0 : quiet + 1;
        sinceReport++;
        if (quiet >= settings.clear()) {
            close();
            return Optional.of(AlertState.CLEARED);
        }
        if (grown && sinceReport >= settings.update()) {
            reported();
            return Optional.of(AlertState.UPDATED);
        }
        return Optional.empty();
    }

    private void reported() {
        sinceReport = 0;
        grown = false;
    }

    /** Ends it whatever the signs say, for maintenance, say. Start, peak and sensors can still be asked for until the next step. */
    boolean close() {
        boolean was = open;
        open = false;
        history = 0;
        inRow = 0;
        return was;
    }

    private void forget() {
        peak = 0;
        fault = "";
        grown = false;
        blame.clear();
    }

    long start() {
        return start;
    }

    double peak() {
        return peak;
    }

    long peakTime() {
        return peakTime;
    }

    Optional<String> fault() {
        return Optional.of(fault).filter(each -> !each.isEmpty());
    }

    /** The sensors to blame most over all steps that counted; the shares of all sensors add up to 1. */
    Map<String, Float> sensors() {
        double all = blame.values().stream().mapToDouble(Double::doubleValue).sum();
        var most = new LinkedHashMap<String, Float>();
        blame.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_SENSORS)
                .forEach(entry -> most.put(entry.getKey(), (float) (entry.getValue() / all)));
        return most;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(history);
        out.writeInt(inRow);
        out.writeBoolean(open);
        out.writeLong(firstSign);
        out.writeLong(start);
        out.writeDouble(peak);
        out.writeLong(peakTime);
        out.writeUTF(fault);
        out.writeInt(quiet);
        out.writeInt(sinceReport);
        out.writeBoolean(grown);
        out.writeInt(blame.size());
        for (Map.Entry<String, Double> entry : blame.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeDouble(entry.getValue());
        }
    }

    void read(DataInput in) throws IOException {
        history = in.readLong();
        inRow = in.readInt();
        open = in.readBoolean();
        firstSign = in.readLong();
        start = in.readLong();
        peak = in.readDouble();
        peakTime = in.readLong();
        fault = in.readUTF();
        quiet = in.readInt();
        sinceReport = in.readInt();
        grown = in.readBoolean();
        int sensors = StateChecks.check(in.readInt(), 10_000, "number of sensors to blame");
        for (int i = 0; i < sensors; i++) {
            String sensor = in.readUTF();
            blame.put(sensor, in.readDouble());
        }
    }
}
