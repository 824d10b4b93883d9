package dev.vorrang.connectors.mqtt;

import dev.vorrang.embedded.mqtt.EmbeddedMqtt;
import java.nio.file.Path;

/** The broker that the program brings. */
final class EmbeddedBroker implements Broker {

    private final Path folder;
    private EmbeddedMqtt broker;

    EmbeddedBroker(Path folder) {
        this.folder = folder.resolve("broker");
        this.broker = EmbeddedMqtt.start(this.folder, 0);
    }

    @Override
    public int port() {
        return broker.port();
    }

    @Override
    public void restart() {
        int port = broker.port();
        broker.close();
        broker = EmbeddedMqtt.start(folder, port);
    }

    @Override
    public void close() {
        broker.close();
    }
}
