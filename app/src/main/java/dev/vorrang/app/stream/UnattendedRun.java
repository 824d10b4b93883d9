package dev.vorrang.app.stream;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.DataFolder;
import dev.vorrang.app.program.JavaCpp;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.terminal.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code vorrang run} runs, in a process that another has started and nobody looks at. */
public final class UnattendedRun {

    private UnattendedRun() {}

    /**
     * Runs until SIGTERM.
     *
     * @param settings file of the settings; the environment has no say
     * @param log file for the log
     * @param kits of all streams that there are
     */
    public static void run(List<? extends StreamKit<?, ?>> kits, Path settings, Path log, StreamHooks hooks) {
        JavaCpp.setUp();
        var sections = kits.stream().<StreamSection<?>>map(StreamKit::settings).toList();
        var loaded = Settings.load(sections, settings, Map.of());
        try (var stop = StopSignal.install();
                var data = DataFolder.open(loaded.data(), warning -> {})) {
            Logs.toFile(log, false);
            new RunProgram(kits, loaded, data, new Progress(new PrintWriter(Writer.nullWriter())), stop, hooks).run();
            Logs.close();
        }
    }
}
