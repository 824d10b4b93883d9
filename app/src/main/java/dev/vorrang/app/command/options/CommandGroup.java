package dev.vorrang.app.command.options;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups commands; does nothing itself. */
@Command
public final class CommandGroup implements Runnable {

    @Spec
    private CommandSpec spec;

    private CommandGroup() {}

    /**
     * A group.
     *
     * @param description for the help, a sentence
     * @param commands each with a name of its own
     */
    public static CommandLine of(String name, String description, Object... commands) {
        var group = new CommandLine(new CommandGroup());
        group.getCommandSpec().name(name).usageMessage().description(description);
        Stream.of(commands).forEach(group::addSubcommand);
        return group;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), spec.name() + " what?");
    }
}
