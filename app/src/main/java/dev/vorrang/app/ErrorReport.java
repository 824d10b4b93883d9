package dev.vorrang.app;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.schemas.text.ForeignText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells an error in one line, with a stack trace only where {@code --verbose} asks for it. */
final class ErrorReport implements IExecutionExceptionHandler {

    private static final String VERBOSE = "--verbose";
    private static final int FARTHEST = 3;

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        err.println(command.getColorScheme().errorText("vorrang: " + ForeignText.lines(message(error))));
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
        err.println(command.getColorScheme().errorText("vorrang: " + ForeignText.lines(message(error))));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        if (Arrays.asList(arguments).contains(VERBOSE)) {
            error.printStackTrace(err);
        }
        return ExitCode.USAGE;
    }

    /** What is unknown is told first: it is often the misspelt name of what is missing. */
    private static String message(ParameterException error) {
        var command = error.getCommandLine();
        List<String> unknown = command.getUnmatchedArguments();
        if (unknown.isEmpty()) {
            return ErrorText.plain(error.getMessage());
        }
        String first = unknown.get(0).replaceFirst("=.*", "");
        boolean option = first.startsWith("-");
        var commands = command.getSubcommands().keySet();
        String others = option || commands.isEmpty() ? "" : "; allowed is " + String.join(", ", commands);
        return "there is no " + (option ? "option" : "command or argument") + " '" + first + "' of '"
                + command.getCommandSpec().qualifiedName() + "'"
                + nearest(first, option ? options(command) : commands.stream())
                        .map(name -> "; did you mean " + name + "?")
                        .orElse(others);
    }

    private static Stream<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream().flatMap(option -> Stream.of(option.names()));
    }

    private static Optional<String> nearest(String name, Stream<String> candidates) {
        var distance = LevenshteinDistance.getDefaultInstance();
        record Candidate(String name, int distance) {}
        return candidates
                .map(candidate -> new Candidate(candidate, distance.apply(name, candidate)))
                .filter(candidate -> candidate.distance() <= Math.min(FARTHEST, name.length() / 2 + 1))
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private static String message(Exception error) {
        return error instanceof CommandFailedException ? ErrorText.plain(error.getMessage()) : ErrorText.of(error);
    }
}
