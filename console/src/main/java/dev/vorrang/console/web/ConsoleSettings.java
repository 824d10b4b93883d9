package dev.vorrang.console.web;

import dev.vorrang.console.access.SessionLimits;

/**
 * How the server listens.
 *
 * @param address to listen on
 * @param port 0 for any that is free
 * @param sessions when they end
 */
public record ConsoleSettings(String address, int port, SessionLimits sessions) {

    /** On this machine alone. */
    public static ConsoleSettings onLoopback(int port) {
        return new ConsoleSettings("127.0.0.1", port, SessionLimits.STANDARD);
    }
}
