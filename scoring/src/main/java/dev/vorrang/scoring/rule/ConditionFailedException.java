package dev.vorrang.scoring.rule;

import dev.vorrang.schemas.text.ForeignText;

/** A valid condition that came to no result on a mail: a missing map key, a division by zero, a limit on its cost. */
public final class ConditionFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConditionFailedException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
