package dev.vorrang.app.crash;

import dev.vorrang.app.program.ParentCommands;
import dev.vorrang.app.stream.UnattendedRun;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code vorrang run} runs, in a process of its own, to be killed: with models that can be made to fail and, for the control,
 * without the hook that scores held records before a commit.
 */
final class InstanceProgram {

    static final String WITHOUT_HOOK = "without-hook";

    private InstanceProgram() {}

    /** @param arguments settings, file for the log and, for the control, {@link #WITHOUT_HOOK} */
    public static void main(String[] arguments) {
        var wiring = new FaultyWiring(List.of(arguments).contains(WITHOUT_HOOK));
        ParentCommands.follow(wiring.faults()::command);
        UnattendedRun.run(Path.of(arguments[0]), Path.of(arguments[1]), wiring);
    }
}
