package dev.vorrang.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups {@code vorrang decode <stream>}. */
@Command(
        name = "decode",
        description = "Shows what is read from a mail, without a model and without Kafka.",
        subcommands = DecodeMailCommand.class)
public final class DecodeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "decode what?");
    }
}
