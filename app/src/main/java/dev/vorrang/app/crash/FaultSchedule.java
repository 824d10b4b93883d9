package dev.vorrang.app.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The faults of a run in their order, drawn from a seed.
 *
 * @param steps one after the other
 */
record FaultSchedule(List<Step> steps) {

    private static final int UNSETTLED_ONE_IN = 3;
    private static final int EMPTIED_ONE_IN = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_FAILURE = Duration.ofMillis(300);
    private static final Duration LONGEST_FAILURE = Duration.ofSeconds(8);

    /**
     * A fault, and when it comes.
     *
     * @param settled whether it comes only when all instances share the work; else in whatever state the fault before left them
     * @param share of the records just sent that are scored when it comes, above 0 and below 1
     * @param victim picks one of the instances that run: the remainder of its division by their number
     * @param pause until what was ended is started again; until a further instance leaves
     * @param emptied whether an instance that was killed starts again without its folder, as on another machine
     * @param failure how long a model fails or hangs
     */
    record Step(
            Fault fault,
            boolean settled,
            double share,
            int victim,
            Duration pause,
            boolean emptied,
            Duration failure) {}

    FaultSchedule {
        steps = List.copyOf(steps);
    }

    static FaultSchedule draw(CrashPlan plan) {
        var random = new Random(plan.seed());
        var faults = new ArrayList<Fault>();
        for (Fault fault : Fault.values()) {
            faults.addAll(Collections.nCopies(plan.times(fault), fault));
        }
        Collections.shuffle(faults, random);
        return new FaultSchedule(
                faults.stream().map(fault -> step(fault, random)).toList());
    }

    private static Step step(Fault fault, Random random) {
        // Started again at once, or after others have taken over.
        var pause = random.nextBoolean() ? Duration.ZERO : between(random, Duration.ZERO, LONGEST_PAUSE);
        return new Step(
                fault,
                random.nextInt(UNSETTLED_ONE_IN) > 0,
                0.05 + 0.75 * random.nextDouble(),
                random.nextInt(Integer.MAX_VALUE),
                pause,
                random.nextInt(EMPTIED_ONE_IN) == 0,
                between(random, SHORTEST_FAILURE, LONGEST_FAILURE));
    }

    private static Duration between(Random random, Duration shortest, Duration longest) {
        double part = random.nextDouble();
        return shortest.plusMillis(Math.round(part * longest.minus(shortest).toMillis()));
    }
}
