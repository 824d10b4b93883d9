package dev.vorrang.app.bench;

import dev.vorrang.app.program.ParentCommands;
import dev.vorrang.app.stream.UnattendedRun;
import dev.vorrang.app.stream.Wiring;
import java.nio.file.Path;

/** What {@code vorrang run} runs, for as long as the process that measures it lives. */
final class InstanceProgram {

    private InstanceProgram() {}

    /** @param arguments settings, and file for the log */
    public static void main(String[] arguments) {
        ParentCommands.follow(line -> {});
        UnattendedRun.run(Path.of(arguments[0]), Path.of(arguments[1]), Wiring.STANDARD);
    }
}
