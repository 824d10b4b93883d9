package dev.vorrang.app.command;

import dev.vorrang.app.crash.CrashPlan;
import dev.vorrang.app.crash.CrashTest;
import dev.vorrang.app.crash.Fault;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.program.TemporaryFolder;
import dev.vorrang.app.settings.ScoringSettings.Stream;
import dev.vorrang.scoring.topology.StreamsSettings.Guarantee;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang crashtest}: proves that nothing is lost. */
@Command(
        name = "crashtest",
        description = {
            "Kills the program while records come in, and counts what is lost, duplicated or out of order.",
        })
public final class CrashTestCommand implements Callable<Integer> {

    @Option(names = "--records", paramLabel = "N", defaultValue = "20000")
    private int records;

    @Option(names = "--instances", paramLabel = "N", defaultValue = "2")
    private int instances;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "3")
    private int kills;

    @Option(names = "--stream", defaultValue = "mail")
    private Stream stream;

    @Option(names = "--guarantee", defaultValue = "exactly_once")
    private Guarantee guarantee;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    @Option(names = "--control")
    private boolean control;

    @Option(names = "--linger", defaultValue = "0")
    private int linger;

    @Option(names = "--faults", split = ",")
    private Set<Fault> faults = EnumSet.allOf(Fault.class);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var plan = new CrashPlan(
                stream, guarantee, records, instances, kills, faults, Duration.ofMillis(linger), seed, control);
        var err = spec.commandLine().getErr();
        try (var stop = StopSignal.install();
                var folder = TemporaryFolder.create("vorrang-crashtest-")) {
            try {
                var result = new CrashTest(plan, folder.path(), stop, err::println).run();
                spec.commandLine().getOut().println(result);
                return result.passed() ? 0 : 1;
            } catch (RuntimeException e) {
                if (stop.stopped()) {
                    return 1;
                }
                throw e;
            }
        }
    }
}
