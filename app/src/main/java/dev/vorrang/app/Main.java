package dev.vorrang.app;

import dev.vorrang.app.command.ActionCommands;
import dev.vorrang.app.command.ConsoleCommand;
import dev.vorrang.app.command.CrashTestCommand;
import dev.vorrang.app.command.DemoCommand;
import dev.vorrang.app.command.DoctorCommand;
import dev.vorrang.app.command.RunCommand;
import dev.vorrang.app.command.StreamCommands;
import dev.vorrang.app.command.TopicCommand;
import dev.vorrang.app.command.UserCommands;
import dev.vorrang.app.program.BuildVersion;
import dev.vorrang.app.program.JavaCpp;
import dev.vorrang.app.program.NativeErrors;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.terminal.TerminalWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code vorrang} command. Its sub-commands live in {@code dev.vorrang.app.command}, one class each. */
@Command(
        name = "vorrang",
        description =
                "Puts what matters first: mails, machines and demand, scored by neural networks as records arrive.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:it could not be done; the message says why and what to do",
            "2:wrong usage or settings",
            "130:stopped by Ctrl-C",
            "143:stopped by SIGTERM"
        })
public final class Main implements Runnable {

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error, and the log on the terminal.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        JavaCpp.setUp();
        NativeErrors.toLog();
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with error rendering; each call makes one of its own. */
    public static CommandLine commandLine() {
        var line = new CommandLine(new Main());
        var streams = new StreamCommands(StreamKits.ALL);
        List.of(new DemoCommand(), new RunCommand(), new ConsoleCommand(), new DoctorCommand())
                .forEach(line::addSubcommand);
        streams.addAlone(line);
        line.addSubcommand(new TopicCommand());
        UserCommands.addTo(line);
        ActionCommands.addTo(line);
        streams.addGroups(line);
        line.addSubcommand(new CrashTestCommand());
        return line.setOut(TerminalWriter.of(System.out))
                .setErr(TerminalWriter.of(System.err))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(new PathOptions())
                .setExecutionExceptionHandler(new ErrorReport())
                .setParameterExceptionHandler(ErrorReport::wrongUsage);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
