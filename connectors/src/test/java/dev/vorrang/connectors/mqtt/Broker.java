package dev.vorrang.connectors.mqtt;

/** A broker of the test's own. */
public interface Broker extends AutoCloseable {

    int port();

    /** Stops it and starts it again on the same port, with what it kept. */
    void restart() throws Exception;

    @Override
    void close();
}
