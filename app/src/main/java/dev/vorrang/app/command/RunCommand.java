package dev.vorrang.app.command;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.DataFolder;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.LoggingSettings;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.SettingsException;
import dev.vorrang.app.stream.RunProgram;
import dev.vorrang.app.stream.StreamHooks;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.terminal.Progress;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang run}: the streams with their real sources, until it is stopped. */
@Command(
        name = "run",
        description = {
            "Reads the sources of the settings and scores their records, until Ctrl-C or SIGTERM.",
            "What it keeps stands in the data folder of the settings; started again, it goes on where it was."
        })
public final class RunCommand implements Runnable {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Settings; vorrang.example.yaml explains every key. VORRANG_... variables win over them.")
    private Path config;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var err = spec.commandLine().getErr();
        var settings = load(() -> Settings.loadWithModels(StreamKits.SETTINGS, config, System.getenv()));
        try (var stop = StopSignal.install();
                var data = DataFolder.open(settings.data(), err::println)) {
            var log = data.log();
            Logs.toFile(log, spec.commandLine().getParseResult().hasMatchedOption("--verbose"));
            if (settings.logging().format() == LoggingSettings.Format.JSON) {
                Logs.asJson();
            }
            Logs.levels(settings.logging().level(), settings.logging().loggers());
            err.println("Vorrang keeps its data in " + settings.data().toAbsolutePath() + ", its log in " + log);
            new RunProgram(StreamKits.ALL, settings, data, new Progress(err), stop, StreamHooks.STANDARD).run();
            Logs.close();
        }
    }

    /** @throws CommandFailedException with all that is wrong */
    static Settings load(Path config) {
        return load(() -> Settings.load(StreamKits.SETTINGS, config, System.getenv()));
    }

    private static Settings load(Supplier<Settings> loader) {
        try {
            return loader.get();
        } catch (SettingsException e) {
            throw CommandFailedException.wrongUsage(e.getMessage());
        }
    }
}
