package dev.vorrang.app.streams.machine.command;

import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.TopicWriter;
import dev.vorrang.ingest.reading.ReadingTime;
import dev.vorrang.schemas.Maintenance;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang maintenance}: marks a machine, or ends that. */
@Command(
        name = "maintenance",
        description = {
            "Marks a machine as in maintenance: what is open is cleared, and no alert is raised until it ends.",
            "Needs the broker and registry of the settings; those of a running 'vorrang run' will do."
        })
public final class MaintenanceCommand implements Runnable {

    @Mixin
    private SettingsOption config;

    @Option(names = "--machine", paramLabel = "NAME", required = true, description = "Name of the machine.")
    private String machine;

    @Option(names = "--from", paramLabel = "TIME", description = "Its begin, ISO 8601; now, if not given.")
    private String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Its end, ISO 8601; open, if not given.")
    private String until;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for people.")
    private String reason;

    @Option(names = "--end", description = "End it.")
    private boolean end;

    @Spec
    private CommandSpec spec;

    /** @param settings reads the settings of all streams from a file */
    public MaintenanceCommand(Function<Path, Settings> settings) {
        this.config = new SettingsOption(settings);
    }

    @Override
    public void run() {
        if (end && (from != null || until != null || !reason.isEmpty())) {
            throw CommandFailedException.wrongUsage("--end: allowed with --config and --machine alone");
        }
        Maintenance mark = end ? null : mark();
        send(config.load(), mark);
        spec.commandLine()
                .getOut()
                .println(
                        end
                                ? machine + " is no longer in maintenance"
                                : machine + " is in maintenance from " + mark.getFrom()
                                        + (mark.getUntil() == null
                                                ? " until further notice"
                                                : " to " + mark.getUntil()));
    }

    private Maintenance mark() {
        Instant begin = from == null ? Instant.now() : time("--from", from);
        Instant finish = until == null ? null : time("--until", until);
        if (finish != null && !finish.isAfter(begin)) {
            throw CommandFailedException.wrongUsage(
                    "--until " + until + ": allowed is a time after " + begin + ", its begin");
        }
        return Maintenance.newBuilder()
                .setMachine(machine)
                .setFrom(begin)
                .setUntil(finish)
                .setReason(reason)
                .build();
    }

    private static Instant time(String option, String text) {
        try {
            return ReadingTime.parse(text, ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage(option + ": " + e.getMessage());
        }
    }

    private void send(Settings settings, Maintenance mark) {
        try (var writer = TopicWriter.open(settings, settings.topics().topics().machineMaintenance())) {
            writer.send(machine, mark);
        }
    }
}
