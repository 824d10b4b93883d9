package dev.vorrang.app.command;

import dev.vorrang.app.bench.Bench;
import dev.vorrang.app.bench.BenchProgram;
import dev.vorrang.app.command.options.ReportOptions;
import dev.vorrang.app.evaluate.BenchReport;
import dev.vorrang.app.evaluate.Report;
import dev.vorrang.app.evaluate.Report.Fact;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.BuildVersion;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.program.StopSignal.StoppedException;
import dev.vorrang.app.program.TemporaryFolder;
import dev.vorrang.app.streams.BenchInstance;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.scoring.model.TensorFlowLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What every {@code vorrang bench <stream>} does: measures, and shows the figures. For one thread. */
final class BenchSession {

    static final String FOOTER_1 =
            "What is compared takes turns, round after round, and the median round counts: so whatever else the"
                    + " machine does meets all alike. On a machine that does other work the ratios still tell, the rates do not.";
    static final String FOOTER_2 =
            "Broker, sender and reader run in this same process, with the processors and the memory that it has.";

    private final BenchOptions options;
    private final ReportOptions files;
    private final CommandLine console;

    BenchSession(BenchOptions options, ReportOptions files, CommandLine console) {
        this.options = options;
        this.files = files;
        this.console = console;
    }

    /** @return exit code */
    int run(StreamKit<?, ?> kit) {
        options.check();
        files.check();
        files.requireFonts();
        var model = options.model().orElseGet(kit::shippedModel);
        var how = ModelOptions.defaults().calledBy(options.threads());
        try (var program = new BenchProgram(kit.bench(model, options.delay(), how), BenchInstance.class)) {
            Path log = Files.createTempFile("vorrang-bench-", ".log");
            Logs.toFile(log, console.getParseResult().hasMatchedOption("--verbose"));
            try {
                files.write(measure(program), console);
            } catch (RuntimeException e) {
                console.getErr().println("  log       " + log);
                throw e;
            }
            Logs.close();
            Files.deleteIfExists(log);
            return ExitCode.OK;
        } catch (ModelRefusedException e) {
            throw new CommandFailedException(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailedException(ErrorText.of(e), e);
        }
    }

    private Report measure(BenchProgram program) {
        // The figures alone belong on standard output, which may be a file.
        var progress = new Progress(console.getErr());
        try (var stop = StopSignal.install();
                var folder = TemporaryFolder.create("vorrang-bench-")) {
            Bench.Options chosen = options.chosen(program.defaultRecords(), program.defaultBatch());
            try {
                return BenchReport.of(
                        "Speed of the " + program.name() + " stream",
                        subject(program, chosen),
                        program.run(folder.path(), chosen, stop, progress::say));
            } catch (InterruptException e) {
                stop.check();
                throw e;
            } finally {
                stop.beginClosing();
            }
        } catch (StoppedException e) {
            throw new CommandFailedException("stopped before all was measured", e);
        }
    }

    private List<Fact> subject(BenchProgram program, Bench.Options chosen) {
        var subject = new ArrayList<Fact>();
        subject.add(new Fact("stream", "Stream", program.name()));
        subject.add(new Fact("model", "Model", program.model().getName()));
        subject.add(new Fact("version", "Version", program.model().getVersion()));
        if (!options.delay().isZero()) {
            subject.add(new Fact(
                    "modelDelayMs", "In its place", options.delay().toNanos() / 1e6 + " ms a call, and no processor"));
        }
        program.records().forEach((what, which) -> subject.add(new Fact("records", what, which)));
        subject.add(new Fact("recordsOfRound", "Records of a round", chosen.records()));
        subject.add(new Fact("rounds", "Rounds", chosen.rounds()));
        subject.add(new Fact("guarantee", "Guarantee", BenchOptions.name(chosen.guarantee())));
        subject.add(new Fact("threads", "Stream threads", chosen.threads()));
        subject.add(new Fact("maxBatch", "Most in a batch", chosen.batch()));
        subject.add(new Fact("devices", "Devices", devices()));
        subject.add(new Fact("processors", "Processors", Runtime.getRuntime().availableProcessors()));
        subject.add(new Fact("java", "Java", Runtime.version().toString()));
        subject.add(new Fact("date", "Date", LocalDate.now(Clock.systemUTC()).toString()));
        subject.add(new Fact("program", "Program", "vorrang " + BuildVersion.number()));
        return subject;
    }

    private static String devices() {
        return TensorFlowLibrary.devices().stream()
                .map(TensorFlowLibrary.Seen::name)
                .collect(Collectors.joining(", "));
    }
}
