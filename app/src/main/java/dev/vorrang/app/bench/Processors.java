package dev.vorrang.app.bench;

import dev.vorrang.app.program.CommandFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The processors that this process may run on, as {@code taskset} of util-linux tells and sets them. Closed, it has again those that it
 * had. For one thread.
 */
final class Processors implements AutoCloseable {

    /** What {@code taskset} says if a thread ended between its list of them and its turn; it then leaves out the rest. */
    private static final String THREAD_ENDED = "No such process";

    private static final int MAX_ATTEMPTS = 20;

    private final List<Integer> all;

    private Processors(List<Integer> all) {
        this.all = all;
    }

    /** @throws CommandFailedException if there is no {@code taskset}, which only Linux has, or it fails */
    static Processors ofThisProcess() {
        String answer = taskset("-c", "-p", pid());
        return new Processors(parse(answer.substring(answer.lastIndexOf(':') + 1)));
    }

    /** Numbers from a list such as {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        var numbers = new ArrayList<Integer>();
        for (String part : list.strip().split(",")) {
            String[] ends = part.split("-");
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .forEach(numbers::add);
        }
        return List.copyOf(numbers);
    }

    /** The first ones. */
    List<Integer> first(int count) {
        return all.subList(0, count);
    }

    int count() {
        return all.size();
    }

    /** All threads of this process run on these alone, until it is closed or confined to others. */
    void confine(List<Integer> processors) {
        taskset("-a", "-c", "-p", processors.stream().map(String::valueOf).collect(Collectors.joining(",")), pid());
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static String taskset(String... arguments) {
        for (int attempt = 1; ; attempt++) {
            try {
                return run(arguments);
            } catch (CommandFailedException e) {
                if (attempt == MAX_ATTEMPTS || !e.getMessage().contains(THREAD_ENDED)) {
                    throw e;
                }
            }
        }
    }

    private static String run(String... arguments) {
        var command = new ArrayList<>(List.of("taskset"));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            var process = builder.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new CommandFailedException("processors cannot be chosen: " + answer.strip());
            }
            return answer.lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new CommandFailedException(
                    "--instances gives each instance a processor with taskset, a program of util-linux that Linux has: "
                            + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while processors were chosen", e);
        }
    }

    @Override
    public void close() {
        confine(all);
    }
}
