package dev.vorrang.schemas.registry;

import dev.vorrang.schemas.text.ForeignText;

/** The registry did not answer. Retriable. */
public final class RegistryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message) {
        super(ForeignText.line(message));
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
