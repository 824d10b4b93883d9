package dev.vorrang.app.crash;

import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a crash test ended.
 *
 * @param plan what was done
 * @param faults how often each fault came
 * @param time that it took
 * @param counts what came of the records
 * @param comparison with a run where nothing happened, if there was one
 * @param openTransactions transactions that did not end, and partitions whose readers wait for them
 * @param stuck why the program did not go on, if it did not
 */
public record CrashResult(
        CrashPlan plan,
        Map<Fault, Integer> faults,
        Duration time,
        Counts counts,
        Optional<FaultFreeRun.Comparison> comparison,
        List<String> openTransactions,
        Optional<String> stuck) {

    public CrashResult {
        faults = Map.copyOf(faults);
        openTransactions = List.copyOf(openTransactions);
    }

    /** Whether what Vorrang promises held; for the control, whether the test has found losses. */
    public boolean passed() {
        boolean carriedOut = stuck.isEmpty() && counts.inputDamaged() == 0;
        if (plan.control()) {
            return carriedOut && counts.lost() > 0;
        }
        boolean once = plan.guarantee() == Guarantee.AT_LEAST_ONCE || counts.duplicated() == 0;
        return carriedOut
                && once
                && counts.lost() == 0
                && counts.disordered() == 0
                && counts.deadLettered() == counts.poison()
                && counts.wronglyDeadLettered() == 0
                && counts.poisonScored() == 0
                && comparison.filter(each -> each.different() == 0).isPresent()
                && openTransactions.isEmpty();
    }
}
