package dev.vorrang.training.plant;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.scoring.machine.judge.Judgement;
import dev.vorrang.scoring.machine.judge.MachineJudge;
import dev.vorrang.scoring.machine.judge.Pause;
import dev.vorrang.scoring.machine.judge.TypeNormal;
import dev.vorrang.training.machine.TypeNormalLearner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Measures what it helps to know machines of a type. {@code java -cp … dev.vorrang.training.plant.FleetTrial FIRST_SEED LAST_SEED} prints
 * the figures of the judgement for plants of these seeds: of machines that begin on day 3 with their own normal of days 0 to 2, and of
 * new machines that begin with nothing, or with the normal of machines of their type in another plant, on day 0 and on day 2.
 */
public final class FleetTrial {

    private static final Duration LEARNING = Duration.ofDays(3);
    /** Seeds of the plants that are learned from. */
    private static final long OTHER_PLANT = 1_000;

    private final Map<MachineType, Sum> byType = new TreeMap<>();
    private final String name;

    private record Seen(SimulatedMachine machine, List<TypeNormalLearner.Sample> samples) {}

    private static final class Sum {

        private int machines;
        private int faults;
        private int raised;
        private int right;
        private int falseEarly;
        private int falseLate;

        void add(Sum other) {
            machines += other.machines;
            faults += other.faults;
            raised += other.raised;
            right += other.right;
            falseEarly += other.falseEarly;
            falseLate += other.falseLate;
        }
    }

    private FleetTrial(String name) {
        this.name = name;
    }

    private static List<Seen> seen(SimulatedPlant plant) {
        var all = new ArrayList<Seen>();
        for (SimulatedMachine machine : plant.build()) {
            var samples = new ArrayList<TypeNormalLearner.Sample>();
            for (int i = 0; i < plant.readings(); i++) {
                machine.next()
                        .ifPresent(sample -> samples.add(
                                new TypeNormalLearner.Sample(sample.time().toEpochMilli(), sample.values())));
            }
            all.add(new Seen(machine, samples));
        }
        return all;
    }

    private static TypeNormal learn(List<Seen> machines, Instant until) {
        var recordings = new TreeMap<String, TypeNormalLearner.Recording>();
        machines.forEach(seen -> recordings.put(
                seen.machine().name(),
                new TypeNormalLearner.Recording(List.of(seen.samples().stream()
                        .filter(sample -> sample.millis() < until.toEpochMilli())
                        .toList()))));
        return TypeNormalLearner.learn(recordings, machines.get(0).machine().sensors())
                .normal()
                .orElseThrow();
    }

    private void run(Seen seen, MachineJudge judge, Instant from, Instant lateFrom) {
        Sum sum = byType.computeIfAbsent(seen.machine().type(), any -> new Sum());
        sum.machines++;
        Optional<PlantFault> fault = seen.machine().faults().stream().findFirst();
        sum.faults += fault.isPresent() ? 1 : 0;
        Optional<Judgement.Change> first = Optional.empty();
        for (TypeNormalLearner.Sample sample : seen.samples()) {
            if (sample.millis() < from.toEpochMilli()) {
                continue;
            }
            var judgement = judge.add(sample.millis(), seen.machine().sensors(), sample.values(), Pause.NONE);
            for (Judgement.Change change : judgement.changes()) {
                if (change.state() != AlertState.RAISED) {
                    continue;
                }
                Instant time = Instant.ofEpochMilli(change.time());
                if (fault.filter(each -> each.activeAt(time)).isPresent()) {
                    first = first.or(() -> Optional.of(change));
                } else if (time.isBefore(lateFrom)) {
                    sum.falseEarly++;
                } else {
                    sum.falseLate++;
                }
            }
        }
        sum.raised += first.isPresent() ? 1 : 0;
        sum.right +=
                first.filter(change -> isRight(change, fault.orElseThrow())).isPresent() ? 1 : 0;
    }

    private static boolean isRight(Judgement.Change change, PlantFault fault) {
        return change.sensors().isEmpty()
                ? fault.sensors().isEmpty()
                : fault.sensors().contains(change.sensors().keySet().iterator().next());
    }

    private void print(int earlyDays) {
        var all = new Sum();
        byType.values().forEach(all::add);
        System.out.println(line(name, all, earlyDays));
        byType.forEach((type, sum) -> System.out.println(line("  " + type, sum, earlyDays)));
    }

    private static String line(String name, Sum sum, int earlyDays) {
        String early = earlyDays == 0
                ? ""
                : String.format(Locale.ROOT, "%.3f before day 3, ", sum.falseEarly / (double) earlyDays / sum.machines);
        return String.format(
                Locale.ROOT,
                "%-44s raised %3d of %3d, right sensor %3d, false a machine-day %s%.3f later",
                name,
                sum.raised,
                sum.faults,
                sum.right,
                early,
                sum.falseLate / 4.0 / sum.machines);
    }

    public static void main(String[] arguments) {
        var own = new FleetTrial("own normal of days 0 to 2, from day 3");
        var others = new FleetTrial("normal of others, from day 0");
        var nothing = new FleetTrial("nothing known, from day 0");
        var othersLater = new FleetTrial("normal of others, from day 2");
        var nothingLater = new FleetTrial("nothing known, from day 2");
        for (long seed = Long.parseLong(arguments[0]); seed <= Long.parseLong(arguments[1]); seed++) {
            SimulatedPlant plant = SimulatedPlant.week(seed);
            Instant begin = plant.start();
            Instant late = begin.plus(LEARNING);
            Instant later = begin.plus(Duration.ofDays(2));
            Map<MachineType, TypeNormal> normals = seen(SimulatedPlant.week(OTHER_PLANT + seed)).stream()
                    .collect(Collectors.groupingBy(
                            each -> each.machine().type(),
                            Collectors.collectingAndThen(Collectors.toList(), each -> learn(each, late))));
            for (Seen seen : seen(plant)) {
                String machine = seen.machine().name();
                TypeNormal normal = normals.get(seen.machine().type());
                own.run(seen, learn(List.of(seen), late).begin(machine), late, late);
                others.run(seen, normal.begin("new"), begin, late);
                othersLater.run(seen, normal.begin("new"), later, late);
                nothing.run(seen, new MachineJudge(), begin, late);
                nothingLater.run(seen, new MachineJudge(), later, late);
            }
        }
        own.print(0);
        others.print(3);
        nothing.print(3);
        othersLater.print(1);
        nothingLater.print(1);
    }
}
