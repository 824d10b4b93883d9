package dev.vorrang.console.web;

import dev.vorrang.console.access.AccessSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * How the server listens and whom it lets in.
 *
 * @param address to listen on
 * @param port 0 for any that is free
 * @param tls certificate and key; required unless the address is of this machine alone, or a proxy has it
 * @param publicUrl under which browsers reach it, if not by the address; behind a proxy that of the proxy
 * @param behindProxy whether all requests come from a proxy that has TLS, and tells by {@code X-Forwarded-For} where from
 * @param access who is let in
 */
public record ConsoleSettings(
        String address,
        int port,
        Optional<TlsSettings> tls,
        Optional<URI> publicUrl,
        boolean behindProxy,
        AccessSettings access) {

    /** @throws IllegalArgumentException if passwords would go through the network as they are */
    public ConsoleSettings {
        if (tls.isEmpty() && !behindProxy && !isLoopback(address)) {
            throw new IllegalArgumentException("address '" + address
                    + "': without TLS allowed is an address of this machine alone, such as 127.0.0.1;"
                    + " set a certificate, or behind-proxy if a proxy has TLS");
        }
        if (behindProxy
                && publicUrl.filter(url -> url.getScheme().equals("https")).isEmpty()) {
            throw new IllegalArgumentException("behind-proxy: allowed with a public-url that starts with https");
        }
        if (publicUrl.filter(url -> !url.getPath().matches("/?")).isPresent()) {
            throw new IllegalArgumentException("public-url " + publicUrl.get()
                    + ": allowed is one without a path, such as https://desk.example.org");
        }
    }

    /** On this machine alone, with login links. */
    public static ConsoleSettings onLoopback(int port) {
        return onLoopback(port, AccessSettings.LINKS_ALONE);
    }

    /** On this machine alone. */
    public static ConsoleSettings onLoopback(int port, AccessSettings access) {
        return new ConsoleSettings("127.0.0.1", port, Optional.empty(), Optional.empty(), false, access);
    }

    /** The same at another port. */
    public ConsoleSettings withPort(int other) {
        return new ConsoleSettings(address, other, tls, publicUrl, behindProxy, access);
    }

    /** Whether only programs of this machine reach it. */
    boolean isLoopback() {
        return isLoopback(address);
    }

    /** Whether browsers reach it by https. */
    boolean isSecure() {
        return tls.isPresent() || behindProxy;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
