package dev.vorrang.console.desk;

/** Broker or registry do not take a record, or it was not read in time; may pass. */
public final class NotWrittenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotWrittenException(String message, Throwable cause) {
        super(message, cause);
    }
}
