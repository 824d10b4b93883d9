package dev.vorrang.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups {@code vorrang score <stream>}. */
@Command(
        name = "score",
        description = "Scores mails or readings from files, without Kafka.",
        subcommands = {ScoreMailCommand.class, ScoreMachineCommand.class})
public final class ScoreCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "score what?");
    }
}
