package dev.vorrang.schemas.registry;

import dev.vorrang.schemas.text.ForeignText;

/** The registry rejected a schema. Not retriable. */
public final class SchemaRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SchemaRejectedException(String message) {
        super(ForeignText.line(message));
    }

    public SchemaRejectedException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
