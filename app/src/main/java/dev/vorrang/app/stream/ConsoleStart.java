package dev.vorrang.app.stream;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.program.ListeningPort;
import dev.vorrang.app.settings.ConsoleOptions;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.console.Console;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.RetryPolicy;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import dev.vorrang.scoring.engine.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** Starts the console over some streams. */
public final class ConsoleStart {

    private static final RetryPolicy RETRIES =
            new RetryPolicy(Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofSeconds(3));

    private final ConsoleOptions options;
    private final Topics names;
    private final List<Console.Shown> streams = new ArrayList<>();
    private final List<TopicSet<?>> topics = new ArrayList<>();

    /** How a stream is set. */
    @FunctionalInterface
    public interface StreamLookup {
        <S extends StreamOptions> S of(StreamKit<S, ?> kit);
    }

    /** @param kits of the streams that are shown, as far as the console can */
    public ConsoleStart(
            ConsoleOptions options, Topics names, List<? extends StreamKit<?, ?>> kits, StreamLookup settings) {
        this.options = options;
        this.names = names;
        kits.forEach(kit -> add(kit, settings));
    }

    private <S extends StreamOptions> void add(StreamKit<S, ?> kit, StreamLookup settings) {
        S own = settings.of(kit);
        topics.add(kit.topics(own, names));
        kit.console(own, names).ifPresent(streams::add);
    }

    /** Where it will listen. */
    ListeningPort port() {
        return new ListeningPort(
                "console.port", options.web().address(), options.web().port());
    }

    /** Topics that must be there. */
    List<Topic<?>> topics() {
        return Console.topics(names);
    }

    /**
     * Makes those that are not.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker refuses
     */
    public void createTopics(Map<String, String> kafka, TopicCreation creation) {
        try (var admin = Admin.create(new HashMap<String, Object>(kafka))) {
            new TopicSetup(admin, creation, RETRIES).ensure(topics());
        }
    }

    /**
     * Starts it; the caller closes it.
     *
     * @param kafka settings of a client, by Kafka's names
     * @throws CommandFailedException if it cannot be started; the message tells why
     */
    public Console start(Map<String, String> kafka, AvroSerdes serdes) {
        Optional<Path> models = Optional.of(Home.folder().resolve("models")).filter(Files::isDirectory);
        try {
            return Console.start(new Console.Setup(
                    options.web(),
                    options.folder(),
                    options.machineHistory(),
                    kafka,
                    names,
                    serdes,
                    streams,
                    topics,
                    models));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "what the console keeps in '" + options.folder() + "' cannot be opened (" + ErrorText.of(e)
                            + "): allowed is a folder of this user's own that no other console has open",
                    e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("console.tls: " + e.getMessage(), e);
        }
    }

    /** Where it is, for people: with a link that logs in once where nobody has a password. */
    public static String where(Console console) {
        return console.hasUsers() ? console.url().toString() : console.loginLink() + " (logs in once, within an hour)";
    }
}
