package dev.vorrang.embedded.mqtt;

/** The embedded MQTT broker cannot start; the message says why and what to do. */
public final class EmbeddedMqttException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedMqttException(String message, Throwable cause) {
        super(message, cause);
    }
}
