package dev.vorrang.app.command.options;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.training.UnknownColumnException;

/** What a command that failed ends with: a column that was named and is not there is wrong usage, all else is not. */
public final class Failures {

    private Failures() {}

    public static CommandFailedException of(RuntimeException error) {
        return error instanceof UnknownColumnException
                ? CommandFailedException.wrongUsage(ErrorText.of(error))
                : new CommandFailedException(ErrorText.of(error), error);
    }
}
