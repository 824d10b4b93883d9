package dev.vorrang.scoring.rule;

import dev.cel.common.CelException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compiled CEL condition. Thread-safe.
 *
 * <p>A condition that fails on a record is counted and logged, the first time and then at every power of two, so that a
 * faulty one in a flood does not fill the log.
 *
 * @param <T> type of the records
 */
public final class Condition<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Condition.class);
    private static final int MAX_CAUSE_CHARS = 200;

    private final String owner;
    private final String expression;
    private final CelRuntime.Program program;
    private final Fields<T> variables;
    private final Function<T, String> subject;
    private final AtomicLong failures = new AtomicLong();

    Condition(
            String owner,
            String expression,
            CelRuntime.Program program,
            Fields<T> variables,
            Function<T, String> subject) {
        this.owner = Objects.requireNonNull(owner, "owner");
        this.expression = Objects.requireNonNull(expression, "expression");
        this.program = Objects.requireNonNull(program, "program");
        this.variables = variables;
        this.subject = subject;
    }

    /**
     * Whether the condition holds.
     *
     * @param record what it asks about
     * @throws ConditionFailedException if it has no result on this record
     */
    public boolean test(T record) throws ConditionFailedException {
        var cost = EvaluationCost.current();
        cost.reset();
        try {
            var holds = (Boolean) program.eval(name -> variables.find(record, name));
            if (cost.excess() != null) {
                // Half of an || or && that does not decide: without this, whether it fails would hang on their order.
                throw new CelEvaluationException(cost.excess());
            }
            return holds;
        } catch (CelException | RuntimeException e) {
            throw failed(record, e);
        }
    }

    /** How often it has failed since it was compiled. */
    public long failures() {
        return failures.get();
    }

    /** Whom it belongs to, in words: {@code rule 'night shift'}. */
    public String owner() {
        return owner;
    }

    private ConditionFailedException failed(T record, Exception cause) {
        var count = failures.incrementAndGet();
        var excess = EvaluationCost.current().excess();
        var message = excess == null ? firstLine(cause) : excess;
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "{} skipped on {}, {} times so far: {} in {}",
                    owner,
                    subject.apply(record),
                    count,
                    message,
                    expression);
        }
        return new ConditionFailedException(message, cause);
    }

    private static String firstLine(Exception cause) {
        var message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        var line = message.lines().findFirst().orElse("");
        return line.length() <= MAX_CAUSE_CHARS ? line : line.substring(0, MAX_CAUSE_CHARS) + "…";
    }
}
