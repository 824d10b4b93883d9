package dev.vorrang.app;

import dev.vorrang.app.program.CommandFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Refuses files and folders that a command is to read and that are not there, before it does any work: wrong usage. */
final class PathOptions implements IExecutionStrategy {

    /** What a command writes; each looks for itself whether it can. Settings have a message of their own. */
    private static final Set<String> OTHERS = Set.of("--out", "--alerts", "--json", "--report", "--keep", "--config");

    private final IExecutionStrategy next = new RunLast();

    @Override
    public int execute(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        for (OptionSpec option : last.matchedOptions()) {
            if (!last.isUsageHelpRequested() && !OTHERS.contains(option.longestName())) {
                var command = last.commandSpec().commandLine();
                paths(option.getValue()).forEach(path -> require(command, option, path));
            }
        }
        return next.execute(parsed);
    }

    private static void require(CommandLine command, OptionSpec option, Path path) {
        if (!Files.exists(path)) {
            String problem = option.longestName() + " " + path + ": there is no such file or folder";
            throw new ExecutionException(command, problem, CommandFailedException.wrongUsage(problem));
        }
    }

    private static Stream<Path> paths(Object value) {
        if (value instanceof Path path) {
            return Stream.of(path);
        } else if (value instanceof Optional<?> optional) {
            return optional.stream().flatMap(PathOptions::paths);
        } else if (value instanceof Collection<?> values) {
            return values.stream().flatMap(PathOptions::paths);
        }
        return Stream.empty();
    }
}
