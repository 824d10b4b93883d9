package dev.vorrang.app.kit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a server listens.
 *
 * @param host its name or address
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {

    /**
     * Why no connection can be made, as a sentence; empty if one can. Nothing is sent.
     *
     * @param limit time in which the server has to answer
     */
    public Optional<String> problem(Duration limit) {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Optional.of("there is no host " + host);
        }
        try (var socket = new Socket()) {
            socket.connect(address, Math.toIntExact(limit.toMillis()));
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of(this + " gives no answer within " + limit.toSeconds() + " s");
        } catch (ConnectException e) {
            return Optional.of("nothing answers at " + this);
        } catch (IOException e) {
            return Optional.of(this + " cannot be reached: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
