package dev.vorrang.app.bench;

import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.ParentCommands;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.RunProgram;
import dev.vorrang.app.terminal.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/** What {@code vorrang run} runs, for as long as the process that measures it lives. */
final class InstanceProgram {

    private InstanceProgram() {}

    /** @param arguments settings, and file for the log */
    public static void main(String[] arguments) {
        ParentCommands.follow(line -> {});
        var settings = Settings.load(Path.of(arguments[0]), Map.of());
        try (var stop = StopSignal.install()) {
            Logs.toFile(Path.of(arguments[1]), false);
            new RunProgram(settings, new Progress(new PrintWriter(Writer.nullWriter())), stop).run();
            Logs.close();
        }
    }
}
