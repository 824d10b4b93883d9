package dev.vorrang.connectors.sink;

import dev.vorrang.schemas.text.ForeignText;
import java.time.Duration;
import java.util.Optional;

/** An action was not carried out. The message is one line and shows no secret. */
public final class DeliveryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What follows from it. */
    public enum Kind {
        /** The target takes nothing at the moment, whatever the action: not reached, overloaded, login refused. */
        UNAVAILABLE,
        /** Either the action or the target is at fault: an error of the server, no answer. Tried again a number of times. */
        FAILED,
        /** The action cannot be carried out, and would not be at another time either. */
        REFUSED
    }

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    private DeliveryException(Kind kind, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(ForeignText.line(message), cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public static DeliveryException unavailable(String message, Throwable cause) {
        return new DeliveryException(Kind.UNAVAILABLE, message, Optional.empty(), cause);
    }

    /** @param retryAfter how long the target asks to be left alone */
    public static DeliveryException unavailable(String message, Optional<Duration> retryAfter) {
        return new DeliveryException(Kind.UNAVAILABLE, message, retryAfter, null);
    }

    public static DeliveryException failed(String message, Throwable cause) {
        return new DeliveryException(Kind.FAILED, message, Optional.empty(), cause);
    }

    public static DeliveryException refused(String message, Throwable cause) {
        return new DeliveryException(Kind.REFUSED, message, Optional.empty(), cause);
    }

    public Kind kind() {
        return kind;
    }

    /** How long the target asks to be left alone, if it does. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
