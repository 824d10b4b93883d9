package dev.vorrang.scoring.rule;

import dev.cel.common.CelErrorCode;
import dev.cel.common.CelRuntimeException;
import java.util.Locale;

/**
 * What the evaluation of one condition has cost so far, in steps: about a character or list element that a function reads or
 * writes. The same condition costs the same on the same mail, however busy the machine is. For one thread.
 */
final class EvaluationCost {

    /** Steps of one evaluation: up to about 3 s for the worst regular expression, milliseconds for anything else. */
    static final long LIMIT = 32_000_000;
    /** Characters of a string, elements of a list: four times the longest text of a mail. */
    static final long LARGEST_VALUE = 1_000_000;

    /** Functions get their arguments and nothing else, so the evaluation they belong to is the one of their thread. */
    private static final ThreadLocal<EvaluationCost> CURRENT = ThreadLocal.withInitial(EvaluationCost::new);

    private long steps;
    private String excess;

    private EvaluationCost() {}

    static EvaluationCost current() {
        return CURRENT.get();
    }

    /** Begins with the next evaluation. */
    void reset() {
        steps = 0;
        excess = null;
    }

    /**
     * To be called before a function does its work.
     *
     * @param function name, for the error
     * @throws CelRuntimeException if that is more than an evaluation may cost; also at each later call of the same
     *     evaluation, since CEL's {@code ||} and {@code &&} go on after an error
     */
    void charge(String function, long more) {
        steps = Math.min(Long.MAX_VALUE / 2, steps + more);
        if (steps > LIMIT) {
            exceeded(String.format(
                    Locale.ROOT, "costs %,d steps or more with %s(), allowed are %,d", steps, function, LIMIT));
        }
    }

    /**
     * @param size of a string or list that is about to be made
     * @throws CelRuntimeException as {@link #charge}
     */
    void chargeValue(String function, long size) {
        if (size > LARGEST_VALUE) {
            exceeded(String.format(
                    Locale.ROOT,
                    "makes a value of %,d characters or elements with %s(), allowed are %,d",
                    size,
                    function,
                    LARGEST_VALUE));
        }
        charge(function, size);
    }

    /** What was too much; null if nothing was. */
    String excess() {
        return excess;
    }

    private void exceeded(String what) {
        if (excess == null) {
            excess = what;
        }
        // Any other exception CEL would wrap in one that has all arguments in its message, however large they are.
        throw new CelRuntimeException(new IllegalArgumentException(excess), CelErrorCode.ITERATION_BUDGET_EXCEEDED);
    }
}
