package dev.vorrang.embedded.mqtt;

/** The embedded MQTT broker failed to start or stop; the message has cause and remedy. */
public final class EmbeddedMqttException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedMqttException(String message, Throwable cause) {
        super(message, cause);
    }
}
