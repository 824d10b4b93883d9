package dev.vorrang.scoring.rule;

/** A condition that is not valid CEL; its message names the owner, the expression, the position and what is allowed. */
public final class ConditionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public ConditionException(String message, Throwable cause) {
        super(message, cause);
    }
}
