package dev.vorrang.app.command;

import dev.vorrang.app.streams.machine.MachineKit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vorrang bench machine}: how fast readings of machines are scored on this machine. */
@Command(
        name = "machine",
        description = {
            "Measures how fast readings are scored on this machine: the model alone, the stream with a model that answers at once,"
                    + " the whole pipeline, and the pipeline record at a time; then latency at 20, 50 and 80 %% of the pipeline's"
                    + " peak.",
            "Needs no broker or registry; what it writes is gone at the end. The readings are those of the demo's machines, of which"
                    + " there are 200."
        },
        footer = {"", BenchSession.FOOTER_1, BenchSession.FOOTER_2},
        sortOptions = false)
public final class BenchMachineCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private ReportOptions files = new ReportOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new BenchSession(options, files, spec.commandLine()).run(new MachineKit());
    }
}
