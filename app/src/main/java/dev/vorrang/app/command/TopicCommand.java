package dev.vorrang.app.command;

import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.stream.ClusterAccess;
import dev.vorrang.app.stream.TopicReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vorrang topic}: the records of a topic as lines of JSON. */
@Command(
        name = "topic",
        description = {
            "Writes the committed records of a topic to standard output, one JSON line each: key, partition, offset, time, value.",
            "Reads the broker of the settings: an external one, that of a running 'vorrang run', or, if none runs, the data folder's"
                    + " records with a broker of its own."
        },
        footer = {"", "Example:", "  vorrang topic mail.dead-letters --config vorrang.yaml --max 10"},
        sortOptions = false)
public final class TopicCommand implements Runnable {

    private static final Duration POLL = Duration.ofMillis(500);

    /** Where to begin. */
    private enum Start {
        BEGINNING,
        END
    }

    @Parameters(paramLabel = "NAME", description = "Name of the topic, with its prefix; docs/topics.md lists them.")
    private String name;

    @Mixin
    private SettingsOption config = new SettingsOption(RunCommand::load);

    @Option(
            names = "--from",
            paramLabel = "beginning|end",
            defaultValue = "beginning",
            description =
                    "Where to begin: with the oldest record, or with those that come from now on. Default: beginning")
    private Start from;

    @Option(names = "--max", paramLabel = "N", description = "Stop after this many records.")
    private Optional<Long> max = Optional.empty();

    @Option(names = "--follow", description = "Wait for further records, until Ctrl-C.")
    private boolean follow;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (max.isPresent() && max.get() < 1) {
            throw CommandFailedException.wrongUsage("--max " + max.get() + ": allowed is a number from 1");
        }
        var settings = config.load();
        try (var stop = StopSignal.install()) {
            try (var cluster = ClusterAccess.forReading(settings);
                    var reader = TopicReader.open(cluster, name, from == Start.END)) {
                write(reader, stop);
                stop.beginClosing();
            } catch (KafkaException e) {
                if (!stop.stopped()) {
                    throw new CommandFailedException("topic " + name + " cannot be read: " + e.getMessage(), e);
                }
            }
        }
    }

    private void write(TopicReader reader, StopSignal stop) {
        PrintWriter out = spec.commandLine().getOut();
        long left = max.orElse(Long.MAX_VALUE);
        while (left > 0 && !stop.stopped()) {
            List<String> lines = follow ? reader.poll(POLL) : reader.pollUntilEnd(POLL);
            if (lines.isEmpty() && !follow) {
                return;
            }
            lines.stream().limit(left).forEach(out::println);
            left -= lines.size();
            // Whoever read the lines may have gone, as head does.
            if (out.checkError()) {
                return;
            }
        }
    }
}
