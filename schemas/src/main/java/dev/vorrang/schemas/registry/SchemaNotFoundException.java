package dev.vorrang.schemas.registry;

/** The registry has no schema under this id. */
public final class SchemaNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SchemaNotFoundException(String message) {
        super(message);
    }

    public SchemaNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
