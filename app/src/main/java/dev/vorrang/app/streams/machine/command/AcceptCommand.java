package dev.vorrang.app.streams.machine.command;

import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.TopicWriter;
import dev.vorrang.schemas.Acceptance;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang accept}: takes what is open of a machine as normal. */
@Command(
        name = "accept",
        description = {
            "Takes the state of a machine as normal: its open alerts are cleared, and it is judged by its new state.",
            "Needs the broker and registry of the settings; those of a running 'vorrang run' will do."
        })
public final class AcceptCommand implements Runnable {

    @Mixin
    private SettingsOption config;

    @Option(names = "--machine", paramLabel = "NAME", required = true, description = "Name of the machine.")
    private String machine;

    @Option(
            names = "--alert",
            paramLabel = "ID",
            description = "Id of an alert, as in machine.alerts. Default: all that are open.")
    private String alert;

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides it. Default: the user's name.")
    private String by;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for people.")
    private String reason;

    @Spec
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    /** @param settings reads the settings of all streams from a file */
    public AcceptCommand(Function<Path, Settings> settings) {
        this.config = new SettingsOption(settings);
    }

    @Override
    public void run() {
        if (alert != null && !alert.matches("[0-9a-f]{32}")) {
            throw CommandFailedException.wrongUsage(
                    "--alert " + alert + ": allowed are 32 hex digits, the id of an alert");
        }
        String who = by == null || by.isBlank() ? System.getProperty("user.name", "unknown") : by;
        var acceptance = Acceptance.newBuilder()
                .setMachine(machine)
                .setAlert(alert)
                .setBy(who)
                .setReason(reason)
                .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .build();
        Settings loaded = config.load();
        try (var writer = TopicWriter.open(loaded, loaded.topics().topics().machineAccepted())) {
            writer.send(machine, acceptance);
        }
        spec.commandLine()
                .getOut()
                .println((alert == null ? "all open alerts" : "alert " + alert) + " of " + machine
                        + " accepted as normal by " + who);
    }
}
