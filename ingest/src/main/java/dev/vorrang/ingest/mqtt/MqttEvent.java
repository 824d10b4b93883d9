package dev.vorrang.ingest.mqtt;

/** What the broker sent, or what is known to be missing in it. */
public sealed interface MqttEvent {

    /** A message. */
    record Received(MqttMessage message) implements MqttEvent {}

    /** The broker forgot the session: what came while the client was away is lost. */
    record SessionLost() implements MqttEvent {}

    /** Messages of QoS 0 that nobody took in time were thrown away. */
    record Overflowed() implements MqttEvent {}
}
