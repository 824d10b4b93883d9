package dev.vorrang.training.machine;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.scoring.machine.judge.Judgement;
import dev.vorrang.scoring.machine.judge.MachineJudge;
import dev.vorrang.scoring.machine.judge.Pause;
import dev.vorrang.scoring.machine.judge.TypeNormal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Learns what is normal for a type of machines from recordings of some of them. The judgement of each machine goes over its recording
 * several times; a new machine begins with what they have in common. How large residuals of a new machine are is found by letting each
 * machine begin with the others: what is called an anomaly of it then, is a way of machines that are new. Recordings are taken as normal,
 * but for what the judgement itself finds to be no part of it.
 */
public final class TypeNormalLearner {

    /** More passes find hardly more faults later. */
    static final int PASSES = 3;

    private static final double DAY_MS = 86_400_000;

    private final Map<String, Recording> recordings;
    private final List<String> sensors;

    /**
     * What the sensors read at one time.
     *
     * @param millis ms since 1970
     * @param values in the order of the sensors, NaN for none
     */
    public record Sample(long millis, double[] values) {}

    /**
     * What was recorded of a machine.
     *
     * @param runs samples that belong together, each in the order of time, one or more
     */
    public record Recording(List<List<Sample>> runs) {

        private double days() {
            return runs.stream()
                    .mapToDouble(run ->
                            (run.get(run.size() - 1).millis() - run.get(0).millis()) / DAY_MS)
                    .sum();
        }
    }

    /**
     * What was learned.
     *
     * @param normal empty if there are too few samples to judge any machine by
     * @param alertsOfNew alerts a day of a machine that begins with the others; empty if there is no other
     */
    public record Learned(Optional<TypeNormal> normal, OptionalDouble alertsOfNew) {}

    private TypeNormalLearner(Map<String, Recording> recordings, List<String> sensors) {
        this.recordings = recordings;
        this.sensors = sensors;
    }

    /**
     * Learns.
     *
     * @param recordings by the machine's name
     * @param sensors names, in the order of the values
     */
    public static Learned learn(Map<String, Recording> recordings, List<String> sensors) {
        return new TypeNormalLearner(recordings, sensors).learn();
    }

    private Learned learn() {
        var known = new TreeMap<String, MachineJudge>();
        recordings.forEach((machine, recording) -> {
            var judge = new MachineJudge(sensors);
            boolean warm = false;
            for (int pass = 0; pass < PASSES; pass++) {
                warm = go(judge, recording, judgement -> {});
                judge.rest();
            }
            if (warm) {
                known.put(machine, judge);
            }
        });
        if (known.isEmpty()) {
            return new Learned(Optional.empty(), OptionalDouble.empty());
        }
        MachineJudge anyMachine = MachineJudge.begin(List.copyOf(known.values()));
        OptionalDouble alerts =
                known.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(tryOut(anyMachine, known));
        return new Learned(Optional.of(TypeNormal.of(anyMachine, known)), alerts);
    }

    /** Lets each machine begin with the others, and corrects by that what any machine begins with. Gives its alerts a day. */
    private double tryOut(MachineJudge anyMachine, Map<String, MachineJudge> known) {
        var tried = new ArrayList<MachineJudge>();
        var raised = new LongAdder();
        double days = 0;
        for (String machine : known.keySet()) {
            List<MachineJudge> others = known.entrySet().stream()
                    .filter(other -> !other.getKey().equals(machine))
                    .map(Map.Entry::getValue)
                    .toList();
            MachineJudge fresh = MachineJudge.begin(others);
            go(
                    fresh,
                    recordings.get(machine),
                    judgement -> raised.add(judgement.changes().stream()
                            .filter(change -> change.state() == AlertState.RAISED)
                            .count()));
            tried.add(fresh);
            days += recordings.get(machine).days();
        }
        anyMachine.calibrate(tried);
        return raised.sum() / Math.max(days, 1e-9);
    }

    /** Whether enough is known of the machine in the end. */
    private boolean go(MachineJudge judge, Recording recording, Consumer<Judgement> judgements) {
        boolean warm = false;
        boolean first = true;
        for (List<Sample> run : recording.runs()) {
            if (!first) {
                judge.rest();
            }
            first = false;
            for (Sample sample : run) {
                Judgement judgement = judge.add(sample.millis(), sensors, sample.values(), Pause.NONE);
                warm = judgement.warm();
                judgements.accept(judgement);
            }
        }
        return warm;
    }
}
