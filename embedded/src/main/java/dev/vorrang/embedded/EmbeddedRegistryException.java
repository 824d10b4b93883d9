package dev.vorrang.embedded;

/** The embedded registry did not start; the message says why and what to change. */
public final class EmbeddedRegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddedRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
