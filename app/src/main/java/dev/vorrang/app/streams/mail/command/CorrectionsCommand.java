package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.settings.Settings;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vorrang corrections}: what people said is right instead of what was scored. Does nothing itself. */
@Command(name = "corrections", description = "What people corrected, as data to train and evaluate with.")
public final class CorrectionsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private CorrectionsCommand() {}

    /** @param settings reads the settings of all streams from a file */
    public static CommandLine with(Function<Path, Settings> settings) {
        var group = new CommandLine(new CorrectionsCommand());
        group.addSubcommand(new ExportCorrectionsCommand(settings));
        return group;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), spec.name() + " what?");
    }
}
