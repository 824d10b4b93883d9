package dev.vorrang.app.command;

import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.stream.ConsoleProgram;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.terminal.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vorrang console}: the console alone. */
@Command(
        name = "console",
        description = {
            "Serves the console over the broker and registry of the settings, until Ctrl-C or SIGTERM.",
            "'vorrang run' has one of its own; any number may run side by side, each with a data folder of its own."
        })
public final class ConsoleCommand implements Runnable {

    @Mixin
    private SettingsOption config = new SettingsOption(RunCommand::load);

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var settings = config.load();
        try (var stop = StopSignal.install()) {
            new ConsoleProgram(
                            StreamKits.ALL,
                            settings,
                            new Progress(spec.commandLine().getErr()),
                            stop)
                    .run();
        }
    }
}
