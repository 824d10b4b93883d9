package dev.vorrang.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups {@code vorrang train <stream>}. */
@Command(
        name = "train",
        description = "Trains a model.",
        subcommands = {TrainMailCommand.class, TrainMachineCommand.class})
public final class TrainCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "train what?");
    }
}
