package dev.vorrang.scoring.machine.judge;

import dev.vorrang.schemas.AlertState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges one machine by what its sensors read: against each other, by running state, over horizons from minutes to half a day. All is
 * measured in time, so that any sampling rate is judged alike; nothing of it is trained before. What comes out follows from the samples
 * alone. For one thread.
 */
public final class MachineJudge {

    private static final int VERSION = 1;
    /** Sensors that are judged against each other at most; a machine with more has several such groups. */
    private static final int SIZE = CrossSensorModel.MAX_SENSORS;

    private static final int MAX_GROUPS = 1_000;
    private static final int MAX_INTERVALS = 30;

    private final SilenceWatch silence = new SilenceWatch();
    private final List<GroupJudge> groups = new ArrayList<>();

    /**
     * Takes a sample.
     *
     * @param time in ms since 1970
     * @param sensors names, of which a later sample has the same and perhaps more
     * @param values of the first of them; finite, or NaN for none
     */
    public Judgement add(long time, List<String> sensors, double[] values) {
        var changes = new ArrayList<Judgement.Change>();
        long before = silence.last();
        endSilence(time, changes);
        long most = MAX_INTERVALS * Math.max(1, interval());
        long elapsed = before == Long.MIN_VALUE ? 0 : Math.min(most, Math.max(0, time - before));
        while (groups.size() * SIZE < values.length) {
            groups.add(new GroupJudge());
        }
        boolean warm = false;
        double score = 0;
        var shares = new float[values.length];
        for (int place = 0; place < groups.size(); place++) {
            int from = place * SIZE;
            int to = Math.min(values.length, from + SIZE);
            double[] own = groups.size() == 1 ? values : Arrays.copyOfRange(values, from, to);
            Judgement judgement = groups.get(place).add(time, elapsed, sensors.subList(from, to), own);
            changes.addAll(judgement.changes());
            warm |= judgement.warm();
            if (judgement.score() >= score) {
                score = judgement.score();
                Arrays.fill(shares, 0);
                System.arraycopy(judgement.shares(), 0, shares, from, to - from);
            }
        }
        // The most surprising of so many (Šidák, 1967).
        return new Judgement(warm, Math.pow(score, Math.max(1, groups.size())), shares, changes);
    }

    private long interval() {
        return groups.isEmpty() ? 0 : groups.get(0).interval();
    }

    /**
     * Takes no notice of a sample, and clears all alerts: the machine is in maintenance.
     *
     * @param time in ms since 1970
     */
    public Judgement suspend(long time, List<String> sensors) {
        var changes = new ArrayList<Judgement.Change>();
        if (silence.isOpen()) {
            changes.add(silent(AlertState.CLEARED, time));
        }
        silence.add(time);
        for (int place = 0; place < groups.size(); place++) {
            int to = Math.min(sensors.size(), (place + 1) * SIZE);
            changes.addAll(groups.get(place).clear(time, sensors.subList(place * SIZE, to)));
        }
        return new Judgement(false, 0, new float[sensors.size()], changes);
    }

    /**
     * When the machine counts as silent, if nothing comes until then.
     *
     * @return in ms since 1970; empty while too little is known, or if it counts as silent already
     */
    public Optional<Long> silentFrom() {
        long deadline = silence.deadline(interval());
        return silence.isOpen() || deadline == Long.MAX_VALUE ? Optional.empty() : Optional.of(deadline);
    }

    /** Tells that nothing has come until now, in ms since 1970; empty if it need not have. */
    public Optional<Judgement.Change> silentAt(long now) {
        if (silentFrom().filter(from -> now >= from).isEmpty()) {
            return Optional.empty();
        }
        silence.open();
        return Optional.of(silent(AlertState.RAISED, now));
    }

    private Judgement.Change silent(AlertState state, long time) {
        return new Judgement.Change(FindingKind.SILENT, state, "", silence.last(), time, 1, silence.last(), Map.of());
    }

    private void endSilence(long time, List<Judgement.Change> changes) {
        silentFrom().filter(from -> time >= from).ifPresent(from -> {
            silence.open();
            changes.add(silent(AlertState.RAISED, from));
        });
        if (silence.isOpen()) {
            changes.add(silent(AlertState.CLEARED, time));
        }
        silence.add(time);
    }

    /** Writes all of it, bit for bit. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        silence.write(out);
        out.writeInt(groups.size());
        for (GroupJudge group : groups) {
            group.write(out);
        }
    }

    /**
     * Becomes what was written; nothing may have been added before.
     *
     * @throws IOException if that is damaged or of another version
     */
    public void read(DataInput in) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("judgement of a machine has version " + version + ", allowed is " + VERSION);
        }
        silence.read(in);
        int count = in.readInt();
        if (count < 0 || count > MAX_GROUPS) {
            throw new IOException("damaged state: " + count + " groups of sensors");
        }
        for (int i = 0; i < count; i++) {
            var group = new GroupJudge();
            group.read(in);
            groups.add(group);
        }
    }
}
