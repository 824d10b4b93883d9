package dev.vorrang.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups {@code vorrang bench <stream>}. */
@Command(
        name = "bench",
        description = "Measures how fast a stream is on this machine.",
        subcommands = {BenchMailCommand.class, BenchMachineCommand.class})
public final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "bench what?");
    }
}
