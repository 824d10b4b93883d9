package dev.vorrang.console.page;

import dev.vorrang.console.web.ConsoleServer;
import dev.vorrang.console.web.ConsoleServices;
import dev.vorrang.console.web.ConsoleSettings;
import java.time.Instant;
import java.util.List;

/** The console's own server over records in memory. */
final class SampleConsole implements AutoCloseable {

    final MemoryRecords records = new MemoryRecords();
    final SampleMachines machines;
    final SampleOperations operations;
    final ConsoleServer server;

    private SampleConsole(int port) {
        Instant now = Instant.now();
        machines = new SampleMachines(now);
        operations = new SampleOperations(now);
        server = ConsoleServer.start(
                ConsoleSettings.onLoopback(port),
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

    static SampleConsole start() {
        return new SampleConsole(0);
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
