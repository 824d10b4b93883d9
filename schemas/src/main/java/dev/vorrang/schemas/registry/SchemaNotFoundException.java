package dev.vorrang.schemas.registry;

import dev.vorrang.schemas.text.ForeignText;

/** The registry has no schema with this id. Not retriable. */
public final class SchemaNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SchemaNotFoundException(String message) {
        super(ForeignText.line(message));
    }

    public SchemaNotFoundException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
