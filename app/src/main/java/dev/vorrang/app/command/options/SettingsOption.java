package dev.vorrang.app.command.options;

import dev.vorrang.app.settings.Settings;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option that names the settings, of commands that need broker and registry. */
public final class SettingsOption {

    private final Function<Path, Settings> reading;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Settings that name broker and registry.")
    private Path config;

    /** @param reading reads the settings of all streams from a file */
    public SettingsOption(Function<Path, Settings> reading) {
        this.reading = reading;
    }

    /** @throws dev.vorrang.app.program.CommandFailedException if they cannot be read, or anything in them is not allowed */
    public Settings load() {
        return reading.apply(config);
    }
}
