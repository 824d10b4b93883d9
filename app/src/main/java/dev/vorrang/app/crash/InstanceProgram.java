package dev.vorrang.app.crash;

import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.ParentCommands;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.RunProgram;
import dev.vorrang.app.terminal.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        var settings = Settings.load(Path.of(arguments[0]), Map.of());
        try (var stop = StopSignal.install()) {
            Logs.toFile(Path.of(arguments[1]), false);
            new RunProgram(settings, new Progress(new PrintWriter(Writer.nullWriter())), stop, wiring).run();
            Logs.close();
        }
    }
}
