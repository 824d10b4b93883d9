package dev.vorrang.app;

import dev.vorrang.app.program.CommandFailedException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells an error in one line, with a stack trace only where {@code --verbose} asks for it. */
final class ErrorReport implements IExecutionExceptionHandler {

    private static final String VERBOSE = "--verbose";

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        err.println(command.getColorScheme().errorText("vorrang: " + message(error)));
        if (parsed.originalArgs().contains(VERBOSE)) {
            error.printStackTrace(err);
        } else if (!(error instanceof CommandFailedException)) {
            err.println("  (" + VERBOSE + " shows where it happened)");
        }
        return error instanceof CommandFailedException failed ? failed.exitCode() : ExitCode.SOFTWARE;
    }

    static int wrongUsage(ParameterException error, String[] arguments) {
        var command = error.getCommandLine();
        var err = command.getErr();
        err.println(command.getColorScheme().errorText("vorrang: " + error.getMessage()));
        UnmatchedArgumentException.printSuggestions(error, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        if (Arrays.asList(arguments).contains(VERBOSE)) {
            error.printStackTrace(err);
        }
        return ExitCode.USAGE;
    }

    /** Message of the error, and of its causes where they add something. */
    private static String message(Throwable error) {
        var text = new StringBuilder(ownMessage(error));
        if (!(error instanceof CommandFailedException)) {
            for (var cause = error.getCause(); cause != null; cause = cause.getCause()) {
                var more = ownMessage(cause);
                if (text.indexOf(more) < 0) {
                    text.append(": ").append(more);
                }
            }
        }
        return text.toString();
    }

    private static String ownMessage(Throwable error) {
        var message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message.strip();
    }
}
