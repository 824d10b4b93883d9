package dev.vorrang.app.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a server of this program will listen.
 *
 * @param key of the setting that gives the port
 * @param host name or address of this machine
 * @param port 0 for any that is free
 */
public record ListeningPort(String key, String host, int port) {

    /**
     * Why it cannot be had.
     *
     * @param finding what is wrong, with port and host
     * @param advice the way out
     */
    public record Problem(String finding, String advice) {}

    /** Why it cannot be had now; empty if it can. */
    public Optional<Problem> problem() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(new Problem(
                    "there is no host " + host,
                    "set " + key.replace(".port", ".address") + " to an address of this machine"));
        } catch (IOException e) {
            return Optional.of(refused(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT)));
        }
    }

    private Problem refused(String told) {
        String what = "port " + port + " of " + host + " ";
        String other = "set " + key + " to another one, or 0 for any";
        if (told.contains("permission denied")) {
            return new Problem(what + "is not allowed to this user", other);
        } else if (told.contains("assign requested address")) {
            return new Problem(
                    what + "cannot be had, for the address is another machine's",
                    "set " + key.replace(".port", ".address") + " to one of this machine");
        }
        return new Problem(what + "is taken", "stop what listens there (is vorrang running?), or " + other);
    }

    /**
     * Refuses ports that cannot be had, all at once.
     *
     * @throws CommandFailedException which names each and the way out
     */
    public static void check(List<ListeningPort> ports) {
        var problems = new ArrayList<String>();
        for (int i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            ports.subList(0, i).stream()
                    .filter(other -> port.port() != 0 && other.port() == port.port())
                    .findFirst()
                    .map(other -> new Problem(
                            other.key() + " and " + port.key() + " are both " + port.port(),
                            "set one of them to another port, or 0 for any"))
                    .or(port::problem)
                    .ifPresent(problem -> problems.add(problem.finding() + ": " + problem.advice()));
        }
        if (!problems.isEmpty()) {
            throw new CommandFailedException(String.join("; ", problems));
        }
    }
}
