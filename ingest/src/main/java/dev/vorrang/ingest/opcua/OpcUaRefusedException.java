package dev.vorrang.ingest.opcua;

/** Another try would not help before something is set right; the message says what. */
public final class OpcUaRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    OpcUaRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
