package dev.vorrang.app.command;

import dev.vorrang.app.streams.mail.MailKit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vorrang bench mail}: how fast mails are scored on this machine. */
@Command(
        name = "mail",
        description = {
            "Measures how fast mails are scored on this machine: the model alone, the stream with a model that answers at once, the"
                    + " whole pipeline, and the pipeline record at a time; then latency at 20, 50 and 80 %% of the pipeline's peak.",
            "Needs no broker or registry; what it writes is gone at the end. The mails are the demo's in many variations."
        },
        footer = {"", BenchSession.FOOTER_1, BenchSession.FOOTER_2},
        sortOptions = false)
public final class BenchMailCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private ReportOptions files = new ReportOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new BenchSession(options, files, spec.commandLine()).run(new MailKit());
    }
}
