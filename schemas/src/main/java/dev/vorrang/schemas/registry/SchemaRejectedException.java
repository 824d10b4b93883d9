package dev.vorrang.schemas.registry;

/** The registry does not take this schema. */
public final class SchemaRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SchemaRejectedException(String message) {
        super(message);
    }

    public SchemaRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
