package dev.vorrang.ingest.mqtt;

import dev.vorrang.schemas.text.ForeignText;

/**
 * The broker cannot be read as it is configured: login, certificate or subscription refused. Another try will not help until a
 * person changes something.
 */
public final class MqttRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public MqttRefusedException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
