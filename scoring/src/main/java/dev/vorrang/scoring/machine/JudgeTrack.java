package dev.vorrang.scoring.machine;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.scoring.machine.judge.Judgement;
import dev.vorrang.scoring.machine.judge.MachineJudge;
import dev.vorrang.scoring.machine.judge.Pause;
import dev.vorrang.scoring.machine.judge.TypeNormal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The judgement of one machine, the one that was put aside while it may turn out that a time was wrong, and the changes that were not
 * told yet: those of steps that wait for the models, or for which a model failed. For one thread.
 */
final class JudgeTrack {

    private static final int MAX_CHANGES = 100_000;
    private static final int MAX_SENSORS = 10_000;

    private final String machine;
    private final Optional<TypeNormal> normal;
    /** Begun when it is asked for: one of a type is decoded for that, in vain where a state is read then. */
    private Supplier<MachineJudge> judge;

    private Optional<MachineJudge> shelved = Optional.empty();
    private final Deque<Untold> untold = new ArrayDeque<>();
    private long steps;

    /** @param normal what the judgement begins with */
    JudgeTrack(String machine, Optional<TypeNormal> normal) {
        this.machine = machine;
        this.normal = normal;
        this.judge = begun();
    }

    private Supplier<MachineJudge> begun() {
        return Suppliers.memoize(() -> normal.map(known -> known.begin(machine)).orElseGet(MachineJudge::new));
    }

    /** Changes that belong to a step of this number. */
    private record Untold(long step, List<Judgement.Change> changes) {}

    /**
     * Judges a step.
     *
     * @param past what the step does to what is known of the machine
     * @param mayRestore whether a later step may restore a past that was forgotten
     * @param pause maintenance of the machine: nothing is learned in it, and what is open is cleared
     */
    Judgement take(Step step, Intake.Past past, boolean mayRestore, Pause pause) {
        List<Judgement.Change> before = turn(step, past, pause);
        if (!mayRestore) {
            shelved = Optional.empty();
        }
        Judgement judgement = pause.covers(step.time())
                ? judge.get().suspend(step.time(), step.sensors())
                : judge.get().add(step.time(), step.sensors(), step.values(), pause);
        steps++;
        Judgement all = judgement.after(before);
        if (!all.changes().isEmpty()) {
            untold.add(new Untold(steps, all.changes()));
        }
        return all;
    }

    private List<Judgement.Change> turn(Step step, Intake.Past past, Pause pause) {
        if (past == Intake.Past.FORGOTTEN) {
            List<Judgement.Change> ended = judge.get().end(step.time(), step.sensors(), pause);
            shelved = shelved.or(() -> Optional.of(judge.get()));
            judge = begun();
            return ended;
        }
        if (past == Intake.Past.RESTORED && shelved.isPresent()) {
            List<Judgement.Change> ended = judge.get().end(step.time(), step.sensors(), pause);
            judge = Suppliers.ofInstance(shelved.get());
            shelved = Optional.empty();
            return ended;
        }
        return List.of();
    }

    /** Number of the last step that was taken. */
    long steps() {
        return steps;
    }

    /** The changes of the steps up to a number, which are told now. */
    List<Judgement.Change> tell(long step) {
        var changes = new ArrayList<Judgement.Change>();
        while (!untold.isEmpty() && untold.peek().step() <= step) {
            changes.addAll(untold.remove().changes());
        }
        return changes;
    }

    /** See {@link MachineJudge#silentAfter}; empty also if that was told. */
    Optional<Duration> silentAfter(Pause pause) {
        return judge.get().isSilent() ? Optional.empty() : judge.get().silentAfter(pause);
    }

    /** See {@link MachineJudge#isSilent}. */
    boolean isSilent() {
        return judge.get().isSilent();
    }

    /** See {@link MachineJudge#silence}. */
    Optional<Judgement.Change> silence(Pause pause) {
        return judge.get().silence(pause);
    }

    /** See {@link MachineJudge#accept}. */
    List<Judgement.Change> accept(List<String> sensors, Predicate<Judgement.Change> chosen) {
        return judge.get().accept(sensors, chosen);
    }

    void write(DataOutput out) throws IOException {
        judge.get().write(out);
        out.writeBoolean(shelved.isPresent());
        if (shelved.isPresent()) {
            shelved.get().write(out);
        }
        var changes = untold.stream().flatMap(each -> each.changes().stream()).toList();
        out.writeInt(changes.size());
        for (Judgement.Change change : changes) {
            write(out, change);
        }
    }

    void read(DataInput in) throws IOException {
        judge = Suppliers.ofInstance(judgement(in));
        if (in.readBoolean()) {
            shelved = Optional.of(judgement(in));
        }
        int count = StateChecks.check(in.readInt(), MAX_CHANGES, "number of changes that were not told");
        var changes = new ArrayList<Judgement.Change>();
        for (int i = 0; i < count; i++) {
            changes.add(change(in));
        }
        if (!changes.isEmpty()) {
            untold.add(new Untold(0, changes));
        }
    }

    private static MachineJudge judgement(DataInput in) throws IOException {
        var judge = new MachineJudge();
        judge.read(in);
        return judge;
    }

    private static void write(DataOutput out, Judgement.Change change) throws IOException {
        out.writeUTF(change.kind().name());
        out.writeUTF(change.state().name());
        out.writeUTF(change.about());
        out.writeLong(change.start());
        out.writeLong(change.time());
        out.writeDouble(change.peak());
        out.writeLong(change.peakTime());
        out.writeInt(change.sensors().size());
        for (Map.Entry<String, Float> sensor : change.sensors().entrySet()) {
            out.writeUTF(sensor.getKey());
            out.writeFloat(sensor.getValue());
        }
    }

    private static Judgement.Change change(DataInput in) throws IOException {
        AlertKind kind;
        AlertState state;
        try {
            kind = AlertKind.valueOf(in.readUTF());
            state = AlertState.valueOf(in.readUTF());
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged state: " + e.getMessage(), e);
        }
        String about = in.readUTF();
        long start = in.readLong();
        long time = in.readLong();
        double peak = in.readDouble();
        long peakTime = in.readLong();
        var sensors = new LinkedHashMap<String, Float>();
        int count = StateChecks.check(in.readInt(), MAX_SENSORS, "number of sensors to blame");
        for (int i = 0; i < count; i++) {
            String sensor = in.readUTF();
            sensors.put(sensor, in.readFloat());
        }
        return new Judgement.Change(kind, state, about, start, time, peak, peakTime, sensors);
    }
}
