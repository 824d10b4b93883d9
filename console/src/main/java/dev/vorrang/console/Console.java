package dev.vorrang.console;

import dev.vorrang.console.demand.DemandConsole;
import dev.vorrang.console.demand.Items;
import dev.vorrang.console.desk.KafkaAudit;
import dev.vorrang.console.desk.KafkaDesk;
import dev.vorrang.console.desk.KafkaMarks;
import dev.vorrang.console.desk.KafkaReplay;
import dev.vorrang.console.desk.RecordSender;
import dev.vorrang.console.history.HistorySettings;
import dev.vorrang.console.index.ConsoleIndex;
import dev.vorrang.console.index.ConsoleStream;
import dev.vorrang.console.index.IndexSettings;
import dev.vorrang.console.machine.MachineConsole;
import dev.vorrang.console.machine.Machines;
import dev.vorrang.console.operations.OperatedStream;
import dev.vorrang.console.operations.Operations;
import dev.vorrang.console.operations.OperationsSettings;
import dev.vorrang.console.view.Change;
import dev.vorrang.console.web.ConsoleServer;
import dev.vorrang.console.web.ConsoleServices;
import dev.vorrang.console.web.ConsoleSettings;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console as a whole: the index over the topics, what writes to them, and the server. Thread-safe; whoever starts it closes it. */
public final class Console implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Setup setup;
    private final ConsoleIndex index;
    private ConsoleServices services;
    private volatile ConsoleServer server;

    /**
     * What a console is made of.
     *
     * @param web how it listens and whom it lets in
     * @param folder for all that it keeps
     * @param machineHistory hours with readings that are kept of a machine, as a time
     * @param kafka settings of a client, by Kafka's names
     * @param topics their names
     * @param serdes of the topics; closed by the caller, after the console
     * @param streams that are shown
     * @param replayed streams whose dead letters can be sent again
     * @param models folder of the models, with their cards; empty if it cannot be read here
     */
    public record Setup(
            ConsoleSettings web,
            Path folder,
            Duration machineHistory,
            Map<String, String> kafka,
            Topics topics,
            AvroSerdes serdes,
            List<Shown> streams,
            List<TopicSet<?>> replayed,
            Optional<Path> models) {

        public Setup {
            kafka = Map.copyOf(kafka);
            streams = List.copyOf(streams);
            replayed = List.copyOf(replayed);
        }
    }

    /**
     * A stream that is shown.
     *
     * @param stream its records
     * @param operated what tells how it does
     */
    public record Shown(ConsoleStream stream, OperatedStream<?> operated) {}

    private Console(Setup setup, ConsoleIndex index) {
        this.setup = setup;
        this.index = index;
        parts.push(index);
    }

    /**
     * Opens the index, begins to follow the topics and starts to listen.
     *
     * @throws IOException if the folder of the index cannot be read or written, or another console has it open
     * @throws RuntimeException if the server cannot listen; the message tells why
     */
    public static Console start(Setup setup) throws IOException {
        var index = ConsoleIndex.open(
                IndexSettings.of(setup.folder().resolve("index"), setup.kafka(), setup.topics(), setup.serdes()),
                setup.streams().stream().map(Shown::stream).toList());
        var console = new Console(setup, index);
        try {
            console.services = console.services();
            console.server = ConsoleServer.start(setup.web(), console.services);
            return console;
        } catch (IOException | RuntimeException e) {
            console.close();
            throw e;
        }
    }

    /** Topics that a console writes to, which must be there. */
    public static List<Topic<?>> topics(Topics names) {
        return List.of(names.deskEvents(), names.consoleAudit());
    }

    private ConsoleServices services() throws IOException {
        Topics topics = setup.topics();
        Clock clock = Clock.systemUTC();
        var sender = add(RecordSender.open(setup.kafka(), setup.serdes()));
        var audit = add(KafkaAudit.start(sender, topics.consoleAudit()));
        var desk = add(new KafkaDesk(sender, topics.deskEvents(), index));
        var replay = new KafkaReplay(setup.kafka(), setup.serdes(), sender, setup.replayed());
        List<OperatedStream<?>> operated =
                setup.streams().stream().<OperatedStream<?>>map(Shown::operated).toList();
        var operations = add(Operations.open(
                new OperationsSettings(setup.kafka(), topics, setup.serdes(), operated, setup.models()), index, clock));
        return new ConsoleServices(
                setup.streams().stream().map(each -> each.stream().name()).toList(),
                index,
                shows(MachineConsole.NAME) ? add(Machines.open(history("machines"), index, clock)) : NoStream.INSTANCE,
                shows(DemandConsole.NAME) ? add(Items.open(history("items"), index)) : NoStream.INSTANCE,
                operations,
                desk,
                new KafkaMarks(sender, topics, clock),
                (topic, partition, offset) -> {
                    boolean done = replay.replay(topic, partition, offset);
                    if (done) {
                        operations.replayed(topic, partition, offset);
                    }
                    return done;
                },
                audit);
    }

    private boolean shows(String stream) {
        return setup.streams().stream().anyMatch(each -> each.stream().name().equals(stream));
    }

    private HistorySettings history(String name) {
        return HistorySettings.of(
                setup.folder().resolve(name), setup.kafka(), setup.topics(), setup.serdes(), setup.machineHistory());
    }

    private <P extends AutoCloseable> P add(P part) {
        parts.push(part);
        return part;
    }

    /** Where the page is. */
    public URI url() {
        return server.url();
    }

    /** An address that logs in once, as an administrator, within an hour. Whoever has it may. */
    public URI loginLink() {
        return server.loginLink();
    }

    /** Whether anybody can log in without a link. */
    public boolean hasUsers() {
        return server.hasUsers();
    }

    /** Browsers that are told of what is live. */
    public int browsers() {
        return server.browsers();
    }

    /** Sessions that have not ended. */
    public int sessions() {
        return server.sessions();
    }

    /** Records since the start that could not be read, and are not shown. */
    public long unreadable() {
        return index.unreadable();
    }

    /** How far the topics are read. */
    public Change.Health health() {
        return index.health();
    }

    /** Listens anew, at the same port; sessions end. */
    public synchronized void restart() {
        int port = server.url().getPort();
        server.close();
        server = ConsoleServer.start(setup.web().withPort(port), services);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
        }
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of the console could not be closed", e);
            }
        }
    }
}
