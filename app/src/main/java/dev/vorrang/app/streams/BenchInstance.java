package dev.vorrang.app.streams;

import dev.vorrang.app.program.ParentCommands;
import dev.vorrang.app.stream.StreamHooks;
import dev.vorrang.app.stream.UnattendedRun;
import java.nio.file.Path;

/** What {@code vorrang run} runs, for as long as the process that measures it lives. */
public final class BenchInstance {

    private BenchInstance() {}

    /** @param arguments settings, and file for the log */
    public static void main(String[] arguments) {
        ParentCommands.follow(line -> {});
        UnattendedRun.run(StreamKits.ALL, Path.of(arguments[0]), Path.of(arguments[1]), StreamHooks.STANDARD);
    }
}
