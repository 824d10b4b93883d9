package dev.vorrang.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups {@code vorrang evaluate <stream>}. */
@Command(
        name = "evaluate",
        description = "Measures a model on data whose truth is known.",
        subcommands = {EvaluateMailCommand.class, EvaluateMachineCommand.class})
public final class EvaluateCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "evaluate what?");
    }
}
