package dev.vorrang.embedded;

/** The embedded broker failed to start; the message has cause and remedy. */
public final class EmbeddedKafkaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddedKafkaException(String message, Throwable cause) {
        super(message, cause);
    }
}
