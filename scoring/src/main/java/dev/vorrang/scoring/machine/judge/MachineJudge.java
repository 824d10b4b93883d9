package dev.vorrang.scoring.machine.judge;

import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Judges one machine by what its sensors read: against each other, by running state, over horizons from minutes to half a day. All is
 * measured in time, so that any sampling rate is judged alike; nothing of it is trained before. What comes out follows from the samples
 * alone. For one thread.
 */
public final class MachineJudge {

    /** The version since which a judgement may begin with what was learned of others. */
    static final int OF_TYPES = 3;

    /** Up to version 4 both halves of the precision matrices were written. Since 6 it knows how fast sensors follow the machine. */
    private static final int VERSION = 6;

    private static final int MAX_GROUPS = 1_000;
    private static final int MAX_INTERVALS = 30;
    private static final int MAX_SENSORS = 10_000;

    private final SilenceWatch silence = new SilenceWatch();
    private final List<GroupJudge> groups = new ArrayList<>();
    private SensorPlaces places;

    /** Of a machine of which nothing is known. */
    public MachineJudge() {
        this(List.of());
    }

    /** @param known sensors that the machine may be expected to have */
    public MachineJudge(List<String> known) {
        places = new SensorPlaces(known);
    }

    /**
     * A judgement of a machine that is new, and begins with what was learned of others: how their sensors follow each other, and how
     * far they usually are from that. It finds running states and levels of its own.
     *
     * @param others judgements with the same known sensors, one or more, each of a sample at least
     */
    public static MachineJudge begin(List<MachineJudge> others) {
        MachineJudge first = others.get(0);
        var judge = new MachineJudge(first.places.known());
        int count = judge.places.groups(first.places.known().size());
        judge.silence.begin(others.stream().map(other -> other.silence).toList());
        for (int place = 0; place < count; place++) {
            int group = place;
            var begun = new GroupJudge();
            begun.begin(others.stream().map(other -> other.groups.get(group)).toList());
            judge.groups.add(begun);
        }
        return judge;
    }

    /**
     * Takes over how large residuals were of others.
     *
     * @param others that began as this one did, and have been judged since
     */
    public void calibrate(List<MachineJudge> others) {
        for (int place = 0; place < groups.size(); place++) {
            int group = place;
            groups.get(place)
                    .calibrate(others.stream()
                            .map(other -> other.groups.get(group))
                            .toList());
        }
    }

    /** Clears all alerts, and forgets what is of the moment: the next sample comes after a time of which nothing is known. */
    public void rest() {
        clear(silence.last(), places.names());
        silence.rest();
        groups.forEach(GroupJudge::rest);
    }

    /**
     * Takes a sample.
     *
     * @param time in ms since 1970
     * @param sensors names, of which a later sample has the same and perhaps more
     * @param values of the first of them; finite, or NaN for none
     * @param pause of the machine, if it has one, before or after that time
     */
    public Judgement add(long time, List<String> sensors, double[] values, Pause pause) {
        List<String> names = places.names(sensors);
        Judgement judgement = addArranged(time, names, places.arranged(values), pause);
        return new Judgement(
                judgement.warm(),
                judgement.score(),
                places.asOfMachine(judgement.shares(), values.length),
                judgement.changes());
    }

    private Judgement addArranged(long time, List<String> sensors, double[] values, Pause pause) {
        var changes = new ArrayList<Judgement.Change>();
        long before = silence.last();
        endSilence(time, pause, changes);
        silence.add(time);
        long most = MAX_INTERVALS * Math.max(1, interval());
        long elapsed = before == Long.MIN_VALUE ? 0 : Math.min(most, Math.max(0, time - before));
        while (groups.size() < places.groups(values.length)) {
            groups.add(new GroupJudge());
        }
        boolean warm = false;
        double score = 0;
        var shares = new float[values.length];
        for (int place = 0; place < groups.size(); place++) {
            int from = places.from(place);
            int to = places.to(place, values.length);
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
        List<Judgement.Change> changes = clear(time, places.names(sensors));
        silence.add(time);
        return new Judgement(false, 0, new float[sensors.size()], changes);
    }

    /**
     * Tells of a silence that a sample ends, which is not taken, and clears all alerts: what was known is known no more.
     *
     * @param time in ms since 1970
     */
    public List<Judgement.Change> end(long time, List<String> sensors, Pause pause) {
        var changes = new ArrayList<Judgement.Change>();
        if (time >= silence.deadline(interval(), pause)) {
            silence(pause).ifPresent(changes::add);
        }
        changes.addAll(clear(time, places.names(sensors)));
        return changes;
    }

    /** @param names by place */
    private List<Judgement.Change> clear(long time, List<String> names) {
        var changes = new ArrayList<Judgement.Change>();
        if (silence.isOpen()) {
            changes.add(silent(AlertState.CLEARED, time));
            silence.open(false);
        }
        for (int place = 0; place < groups.size(); place++) {
            changes.addAll(groups.get(place).clear(time, ofGroup(place, names)));
        }
        return changes;
    }

    private List<String> ofGroup(int place, List<String> names) {
        return names.subList(places.from(place), places.to(place, names.size()));
    }

    /**
     * Takes alerts as normal: they are cleared, and the machine is judged by its new state. A silence is none that could be normal.
     *
     * @param sensors names, as with the last sample
     * @param chosen which of the changes that clear them are to be made
     */
    public List<Judgement.Change> accept(List<String> sensors, Predicate<Judgement.Change> chosen) {
        List<String> names = places.names(sensors);
        var changes = new ArrayList<Judgement.Change>();
        for (int place = 0; place < groups.size(); place++) {
            changes.addAll(groups.get(place).accept(silence.last(), ofGroup(place, names), chosen));
        }
        return changes;
    }

    /** Whether nothing has come from the machine for much longer than usual, and that was told. */
    public boolean isSilent() {
        return silence.isOpen();
    }

    /** How long after its last sample the machine is silent; empty while too little is known, or while it need not send. */
    public Optional<Duration> silentAfter(Pause pause) {
        long deadline = silence.deadline(interval(), pause);
        return deadline == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(deadline - silence.last()));
    }

    /**
     * Takes notice that nothing came for {@link #silentAfter}. The change is the one that the next sample would tell, with the same
     * time.
     *
     * @return empty if that was told already, or while it need not send
     */
    public Optional<Judgement.Change> silence(Pause pause) {
        long deadline = silence.deadline(interval(), pause);
        if (silence.isOpen() || deadline == Long.MAX_VALUE) {
            return Optional.empty();
        }
        silence.open(true);
        return Optional.of(silent(AlertState.RAISED, deadline));
    }

    private Judgement.Change silent(AlertState state, long time) {
        return new Judgement.Change(AlertKind.SILENT, state, "", silence.last(), time, 1, silence.last(), Map.of());
    }

    private void endSilence(long time, Pause pause, List<Judgement.Change> changes) {
        if (time >= silence.deadline(interval(), pause)) {
            silence(pause).ifPresent(changes::add);
        }
        if (silence.isOpen()) {
            changes.add(silent(AlertState.CLEARED, time));
        }
    }

    /** Writes all of it, bit for bit. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        silence.write(out);
        out.writeInt(places.known().size());
        for (String sensor : places.known()) {
            out.writeUTF(sensor);
        }
        out.writeInt(groups.size());
        for (GroupJudge group : groups) {
            group.write(out);
        }
    }

    /**
     * Becomes what was written; nothing may have been added before.
     *
     * @throws IOException if that is damaged or of a later version
     */
    public void read(DataInput in) throws IOException {
        int version = in.readInt();
        if (version < 1 || version > VERSION) {
            throw new IOException("judgement of a machine has version " + version + ", allowed is 1 to " + VERSION);
        }
        silence.read(in);
        if (version >= OF_TYPES) {
            places = new SensorPlaces(readKnown(in));
        }
        int count = in.readInt();
        if (count < 0 || count > MAX_GROUPS) {
            throw new IOException("damaged state: " + count + " groups of sensors");
        }
        for (int i = 0; i < count; i++) {
            var group = new GroupJudge();
            group.read(in, version);
            groups.add(group);
        }
    }

    private static List<String> readKnown(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_SENSORS) {
            throw new IOException("damaged state: " + count + " known sensors");
        }
        var known = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            known.add(in.readUTF());
        }
        return known;
    }
}
