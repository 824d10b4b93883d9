package dev.vorrang.app.command;

import dev.vorrang.app.settings.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the settings, of commands that need broker and registry. */
final class SettingsOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Settings that name broker and registry.")
    private Path config;

    /** @throws dev.vorrang.app.program.CommandFailedException if they cannot be read, or anything in them is not allowed */
    Settings load() {
        return RunCommand.load(config);
    }
}
