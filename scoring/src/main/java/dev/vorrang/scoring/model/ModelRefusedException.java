package dev.vorrang.scoring.model;

import dev.vorrang.schemas.text.ForeignText;

/** A model that was not put into service. The message is one line that names what is wrong and what was expected. */
public class ModelRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ModelRefusedException(String message) {
        super(ForeignText.line(message));
    }

    public ModelRefusedException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
