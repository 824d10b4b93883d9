package dev.vorrang.app.streams;

import dev.vorrang.app.crash.Cluster;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.ParentCommands;
import dev.vorrang.app.stream.UnattendedRun;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code vorrang run} runs, in a process of its own, to be killed: with models that can be made to fail and, for the control,
 * without the hook that scores held records before a commit.
 */
public final class CrashInstance {

    private CrashInstance() {}

    /** @param arguments settings, file for the log and, for the control, {@link Cluster#WITHOUT_HOOK} */
    public static void main(String[] arguments) {
        run(StreamKits.ALL, arguments);
    }

    /** @param kits of all streams that there are */
    static void run(List<? extends StreamKit<?, ?>> kits, String[] arguments) {
        var hooks = new FaultyHooks(List.of(arguments).contains(Cluster.WITHOUT_HOOK));
        ParentCommands.follow(hooks.faults()::command);
        UnattendedRun.run(kits, Path.of(arguments[0]), Path.of(arguments[1]), hooks);
    }
}
