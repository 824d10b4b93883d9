package dev.vorrang.console.page;

import dev.vorrang.console.access.AccessSettings;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.SessionLimits;
import dev.vorrang.console.access.UserFile;
import dev.vorrang.console.web.Browser;
import dev.vorrang.console.web.ConsoleServer;
import dev.vorrang.console.web.ConsoleServices;
import dev.vorrang.console.web.ConsoleSettings;
import java.io.IOException;
import java.net.HttpCookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The console's own server over records in memory. */
final class SampleConsole implements AutoCloseable {

    /** Of anna, an agent, and vera, a viewer. */
    static final String PASSWORD = "seven blue herons wade";

    final MemoryRecords records = new MemoryRecords();
    final SampleMachines machines;
    final SampleOperations operations;
    final ConsoleServer server;

    private SampleConsole(int port) {
        Instant now = Instant.now();
        machines = new SampleMachines(now, records);
        operations = new SampleOperations(now);
        server = ConsoleServer.start(
                ConsoleSettings.onLoopback(
                        port, new AccessSettings(Optional.of(users()), Optional.empty(), SessionLimits.STANDARD)),
                new ConsoleServices(
                        List.of("mail", "machine", "demand"),
                        records,
                        machines,
                        new SampleDemand(now),
                        operations,
                        records,
                        machines,
                        operations,
                        audited -> {}));
    }

    /** One file for all, for the hashes of passwords take their time. */
    private static final class UsersHolder {

        static final Path FILE = write();

        private static Path write() {
            try {
                Path folder = Files.createTempDirectory("vorrang-users");
                var file = new UserFile(folder.resolve("users"));
                file.add("anna", Role.AGENT, PASSWORD);
                file.add("vera", Role.VIEWER, PASSWORD);
                return file.path();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Path users() {
        return UsersHolder.FILE;
    }

    static SampleConsole start() {
        return new SampleConsole(0);
    }

    /** Logs an administrator in, without the page: the cookie of the session. */
    HttpCookie logIn() {
        return HttpCookie.parse(Browser.with(server).cookie().orElseThrow()).get(0);
    }

    /** To look at the page by hand: prints an address that logs in. */
    public static void main(String[] arguments) throws InterruptedException {
        try (var console = new SampleConsole(Integer.parseInt(arguments[0]))) {
            console.records.add(SampleMails.all(Instant.now()));
            console.records.add(SampleMails.flood("portal", 148, Instant.now()));
            System.out.println(console.server.loginLink());
            Thread.currentThread().join();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
