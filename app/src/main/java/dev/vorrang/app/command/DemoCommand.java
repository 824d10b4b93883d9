package dev.vorrang.app.command;

import dev.vorrang.app.demo.DemoProgram;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.program.PrivateFiles;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.program.TemporaryFolder;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.terminal.ActionView;
import dev.vorrang.app.terminal.JsonScores;
import dev.vorrang.app.terminal.LiveScreen;
import dev.vorrang.app.terminal.PlainScores;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.app.terminal.ScoreView;
import dev.vorrang.app.terminal.StreamView;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.view.OutputView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang demo}: all streams in one program, with mails, machines and a warehouse of its own. */
@Command(
        name = "demo",
        description = {
            "Shows it at work: sample mails arrive in a mailbox, simulated machines send what their sensors read, orders come"
                    + " to a warehouse, and all are scored before your eyes.",
            "Needs no mailbox, machine, broker or registry; what it writes is gone at the end."
        })
public final class DemoCommand implements Runnable {

    private static final int MAX_PORT = 65_535;

    @Option(names = "--once", description = "Stop when all is scored, instead of at Ctrl-C.")
    private boolean once;

    @Option(
            names = "--json",
            description = {
                "Print each mail's score, each forecast of demand, each change of an alert and each action as a line of JSON;",
                "all else goes to standard error."
            })
    private boolean json;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "How much faster mails, readings and orders arrive; at 1 it takes 21 seconds.")
    private double speed;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of a mail model's version, instead of the one that ships.")
    private Path model;

    @Option(names = "--broker-port", paramLabel = "PORT", defaultValue = "0", description = "0 takes any free port.")
    private int brokerPort;

    @Option(names = "--registry-port", paramLabel = "PORT", defaultValue = "0", description = "0 takes any free port.")
    private int registryPort;

    @Option(names = "--console-port", paramLabel = "PORT", defaultValue = "0", description = "0 takes any free port.")
    private int consolePort;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!(speed > 0 && speed <= 1_000)) {
            throw CommandFailedException.wrongUsage("--speed " + speed + ": allowed is a number above 0, up to 1000");
        }
        requirePort("--broker-port", brokerPort);
        requirePort("--registry-port", registryPort);
        requirePort("--console-port", consolePort);
        var err = spec.commandLine().getErr();
        var verbose = spec.commandLine().getParseResult().hasMatchedOption("--verbose");
        try (var stop = StopSignal.install();
                var folder = TemporaryFolder.create("vorrang-demo-")) {
            stop.atLast(folder::close);
            PrivateFiles.fromNowOn();
            var log = logFile();
            Logs.toFile(log, verbose);
            var progress = new Progress(err);
            err.println(
                    "Starting the demo; Ctrl-C ends it. Until then every program of this machine may use its servers.");
            var options = new DemoProgram.Options(
                    folder.path(), Optional.ofNullable(model), once, speed, brokerPort, registryPort, consolePort);
            try {
                new DemoProgram(StreamKits.ALL, options, progress, stop).run(where -> view(where, verbose));
                Logs.close();
                Files.deleteIfExists(log);
            } catch (RuntimeException e) {
                err.println("  log       " + log);
                throw e;
            }
        } catch (IOException e) {
            throw new CommandFailedException("the demo's log cannot be deleted: " + e.getMessage(), e);
        }
    }

    private static void requirePort(String option, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw CommandFailedException.wrongUsage(
                    option + " " + port + ": allowed is a whole number from 0 (any free port) to " + MAX_PORT);
        }
    }

    private ScoreView view(String where, boolean verbose) {
        var commandLine = spec.commandLine();
        var out = commandLine.getOut();
        if (json) {
            commandLine.getErr().println("  " + where);
            return new JsonScores(out, commandLine.getErr(), typesForPeople());
        }
        if (verbose || !LiveScreen.possible()) {
            out.println(where);
            return new PlainScores(out, views(false, List.of()), Clock.systemUTC());
        }
        boolean colours =
                System.getenv("NO_COLOR") == null || System.getenv("NO_COLOR").isEmpty();
        var hint = once ? "ends when all are scored" : "Ctrl-C ends";
        return LiveScreen.open(views(colours, List.of(where + "  ·  " + hint)), Clock.systemUTC());
    }

    /** @param footer lines below the first stream's table */
    private static Map<String, StreamView> views(boolean colours, List<String> footer) {
        var views = new LinkedHashMap<String, StreamView>();
        for (var kit : StreamKits.ALL) {
            views.put(kit.name(), kit.terminal(colours, views.isEmpty() ? footer : List.of()));
        }
        views.put(DemoProgram.ACTIONS, new ActionView(colours));
        return views;
    }

    /** Types of the outputs that have a headline, and actions. */
    private static Set<Class<?>> typesForPeople() {
        return Stream.concat(
                        Stream.of(Action.class),
                        StreamKits.ALL.stream()
                                .flatMap(kit -> kit.views().stream())
                                .<Class<?>>map(OutputView::type))
                .collect(Collectors.toSet());
    }

    private static Path logFile() {
        try {
            return Files.createTempFile("vorrang-demo-", ".log");
        } catch (IOException e) {
            throw new CommandFailedException("no log file can be made in " + System.getProperty("java.io.tmpdir"), e);
        }
    }
}
