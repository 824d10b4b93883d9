package dev.vorrang.console.access;

/** A login by OpenID Connect that is refused, or whose provider gives no answer. */
public final class OpenIdException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OpenIdException(String message) {
        super(message);
    }

    OpenIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
