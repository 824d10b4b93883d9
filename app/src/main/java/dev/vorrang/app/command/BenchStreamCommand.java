package dev.vorrang.app.command;

import dev.vorrang.app.command.options.ReportOptions;
import dev.vorrang.app.kit.StreamKit;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vorrang bench <stream>}: how fast records of a stream are scored on this machine. */
@Command(
        footer = {"", BenchSession.FOOTER_1, BenchSession.FOOTER_2},
        sortOptions = false)
final class BenchStreamCommand implements Callable<Integer> {

    private final StreamKit<?, ?> kit;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private ReportOptions files = new ReportOptions();

    @Spec
    private CommandSpec spec;

    private BenchStreamCommand(StreamKit<?, ?> kit) {
        this.kit = kit;
    }

    /** The command with the name of the stream. */
    static CommandLine of(StreamKit<?, ?> kit) {
        var line = new CommandLine(new BenchStreamCommand(kit));
        line.getCommandSpec()
                .name(kit.name())
                .usageMessage()
                .description(
                        "Measures how fast " + kit.words().records()
                                + " are scored on this machine: the model alone, the stream with a model that answers at once,"
                                + " the whole pipeline, and the pipeline record at a time; then latency at 20, 50 and 80 %% of"
                                + " the pipeline's peak.",
                        "Needs no broker or registry; what it writes is gone at the end. "
                                + kit.words().measured());
        return line;
    }

    @Override
    public Integer call() {
        return new BenchSession(options, files, spec.commandLine()).run(kit);
    }
}
