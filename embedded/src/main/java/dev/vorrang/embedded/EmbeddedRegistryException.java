package dev.vorrang.embedded;

/** The embedded registry failed to start; the message has cause and remedy. */
public final class EmbeddedRegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddedRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
