package dev.vorrang.app.crash;

import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.ParentCommands;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.Map;

/** Broker and registry in a process of their own, to be killed. */
final class BrokerProgram {

    /** The dead are noticed soon. */
    private static final Map<String, String> SETTINGS = Map.of(
            "group.min.session.timeout.ms", "1000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    private BrokerProgram() {}

    /** @param arguments data folder, port of the broker, port of the registry, file for the log */
    public static void main(String[] arguments) {
        ParentCommands.follow(line -> {});
        Logs.toFile(Path.of(arguments[3]), false);
        var kafka = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), SETTINGS);
        EmbeddedRegistry.start(kafka.bootstrapServers(), Integer.parseInt(arguments[2]));
    }
}
