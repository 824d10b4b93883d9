package dev.vorrang.console.index;

import dev.vorrang.console.mail.MailConsole;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A console as a program of its own, for tests to kill. It writes an r when it runs. */
final class ConsoleProgram {

    private ConsoleProgram() {}

    /** @param args bootstrap servers, folder of the index */
    public static void main(String[] args) throws Exception {
        var topics = new Topics("");
        var settings = new IndexSettings(
                Path.of(args[1]),
                Map.of("bootstrap.servers", args[0]),
                topics,
                new AvroSerdes(new FixedRegistry()),
                Duration.ofMillis(50),
                Duration.ofMillis(200));
        try (var index = ConsoleIndex.open(settings, List.of(new MailConsole(topics)))) {
            while (index.health().equals(new dev.vorrang.console.view.Change.Health(false, 0))) {
                Thread.onSpinWait();
            }
            System.out.print('r');
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }
}
