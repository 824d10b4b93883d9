package dev.vorrang.ingest.opcua;

import dev.vorrang.schemas.text.ForeignText;

/** Another try would not help before something is set right; the message says what. */
public final class OpcUaRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What has to be set right. */
    public enum Concern {
        /** The server does not offer the policy or the mode. */
        POLICY,
        /** One side does not trust the other's certificate, or the own key cannot be used. */
        CERTIFICATES,
        /** Name or password. */
        LOGIN,
        /** The user's certificate, instead of name and password. */
        USER_CERTIFICATE,
        /** None of the nodes can be read. */
        NODES
    }

    private final Concern concern;

    OpcUaRefusedException(Concern concern, String message, Throwable cause) {
        super(ForeignText.line(message), cause);
        this.concern = concern;
    }

    /** What has to be set right. */
    public Concern concern() {
        return concern;
    }
}
