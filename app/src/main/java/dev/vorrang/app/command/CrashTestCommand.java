package dev.vorrang.app.command;

import dev.vorrang.app.crash.CrashPlan;
import dev.vorrang.app.crash.CrashReport;
import dev.vorrang.app.crash.CrashResult;
import dev.vorrang.app.crash.CrashTest;
import dev.vorrang.app.crash.Fault;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.program.TemporaryFolder;
import dev.vorrang.app.streams.CrashInstance;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang crashtest}: whether records are lost, scored twice or out of order when the program is killed. */
@Command(
        name = "crashtest",
        description = {
            "Kills the program again and again while records come in, and counts what is lost, scored twice or out of"
                    + " order.",
            "Starts a broker and instances of its own as processes; needs nothing else, and leaves nothing behind.",
            "Ends with 0 only if nothing was lost or wrong; see docs/crash-test.md."
        },
        sortOptions = false)
public final class CrashTestCommand implements Callable<Integer> {

    private static final int LONGEST_LINGER_MS = 10_000;

    @Option(
            names = "--stream",
            paramLabel = "STREAM",
            completionCandidates = StreamNames.class,
            description = "One of: ${COMPLETION-CANDIDATES}. Default: the first of them.")
    private String stream = StreamKits.ALL.get(0).name();

    /** The streams that there are. */
    private static final class StreamNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return StreamKits.ALL.stream().map(StreamKit::name).iterator();
        }
    }

    @Option(
            names = "--guarantee",
            paramLabel = "GUARANTEE",
            defaultValue = "exactly_once",
            description = "exactly_once or at_least_once (default ${DEFAULT-VALUE}).")
    private Guarantee guarantee;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Records to send, one in a hundred of them poison (default ${DEFAULT-VALUE}).")
    private int records;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "2",
            description = "Instances that share the work (default ${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "3",
            description = "SIGKILLs of an instance; each other fault comes a third as often, once at least (default"
                    + " ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            split = ",",
            description = "Which faults, with commas: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Fault> faults = EnumSet.allOf(Fault.class);

    @Option(
            names = "--linger",
            paramLabel = "MS",
            defaultValue = "0",
            description =
                    "Longest a record is held for its batch; the more are held, the more a crash can lose (default"
                            + " ${DEFAULT-VALUE}, as the program does).")
    private int linger;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Records and faults follow from it. Default: another one each time, which is told.")
    private Long seed;

    @Option(
            names = "--control",
            description = "Leave out what scores held records before a commit: the test must find losses then.")
    private boolean control;

    @Option(names = "--json", description = "Print the result as a line of JSON; all else goes to standard error.")
    private boolean json;

    @Option(names = "--keep", paramLabel = "DIR", description = "New folder for logs and data, which stays.")
    private Path keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var kit = StreamKits.named("--stream", stream);
        var plan = new CrashPlan(
                kit.name(),
                guarantee,
                within("--records", records, CrashPlan.MIN_RECORDS, CrashPlan.MAX_RECORDS),
                within("--instances", instances, 1, CrashPlan.MAX_INSTANCES),
                within("--kills", kills, 0, CrashPlan.MAX_KILLS),
                faults,
                Duration.ofMillis(within("--linger", linger, 0, LONGEST_LINGER_MS)),
                seed == null ? new Random().nextInt(1_000_000) : seed,
                control);
        try (var stop = StopSignal.install()) {
            if (keep != null) {
                return run(kit, plan, newFolder(), stop);
            }
            try (var folder = TemporaryFolder.create("vorrang-crashtest-")) {
                return run(kit, plan, folder.path(), stop);
            }
        }
    }

    private int run(StreamKit<?, ?> kit, CrashPlan plan, Path folder, StopSignal stop) {
        PrintWriter err = spec.commandLine().getErr();
        Logs.toFile(
                folder.resolve("crashtest.log"),
                spec.commandLine().getParseResult().hasMatchedOption("--verbose"));
        err.println("Crash test with seed " + plan.seed() + "; Ctrl-C ends it.");
        CrashResult result;
        try {
            result = new CrashTest(plan, kit::workload, CrashInstance.class, folder, stop, err::println).run();
        } catch (RuntimeException e) {
            // What a signal interrupts ends with exceptions of many kinds.
            if (stop.stopped()) {
                return ExitCode.SOFTWARE;
            }
            throw e;
        } finally {
            stop.beginClosing();
            Logs.close();
        }
        var report = new CrashReport(result);
        var table = json ? err : spec.commandLine().getOut();
        table.println();
        report.lines().forEach(table::println);
        if (json) {
            spec.commandLine().getOut().println(report.json());
        }
        return result.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Path newFolder() {
        try {
            if (Files.exists(keep)) {
                throw CommandFailedException.wrongUsage(
                        "--keep " + keep + ": allowed is a folder that is not there yet");
            }
            return Files.createDirectories(keep).toRealPath();
        } catch (IOException e) {
            throw CommandFailedException.wrongUsage("--keep " + keep + ": it cannot be made: " + e.getMessage());
        }
    }

    private static int within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandFailedException.wrongUsage(
                    option + " " + value + ": allowed is a number from " + least + " to " + most);
        }
        return value;
    }
}
