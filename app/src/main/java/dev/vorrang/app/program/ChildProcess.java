package dev.vorrang.app.program;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java program of this class path in a process of its own, which can be killed. It takes commands on its standard input, a line
 * each; when that ends, because this process is gone, it ends itself. For one thread.
 */
public final class ChildProcess implements AutoCloseable {

    private static final int UNSAFE_OPTION_SINCE = 23;

    private final Process process;
    private final Path output;
    private final OutputStream commands;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.commands = process.getOutputStream();
    }

    /**
     * What is started.
     *
     * @param through a command that starts another and what it is told before that, such as {@code taskset}; empty for none
     * @param options of its Java
     * @param main class with a {@code main}
     */
    public record Program(List<String> through, List<String> options, Class<?> main) {

        public Program {
            through = List.copyOf(through);
            options = List.copyOf(options);
        }

        /** One that lives for seconds, which are not to go into compiling. */
        public static Program brief(Class<?> main) {
            return new Program(List.of(), List.of("-XX:TieredStopAtLevel=1"), main);
        }

        /** One that is to be as fast as in service, on one processor. */
        public static Program on(int processor, Class<?> main) {
            return new Program(List.of("taskset", "-c", Integer.toString(processor)), List.of(), main);
        }
    }

    /**
     * @param folder holds its temporary files
     * @param output takes what it prints
     */
    public static ChildProcess start(Program program, Path folder, Path output, List<String> arguments) {
        var command = new ArrayList<>(program.through());
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseParallelGC",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                // It is killed, and cannot remove what libraries unpack.
                "-Djava.io.tmpdir=" + folder,
                "-Dvorrang.home=" + Home.folder(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(javaOptions());
        command.addAll(program.options());
        command.add(program.main().getName());
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            return new ChildProcess(process, output);
        } catch (IOException e) {
            throw new CommandFailedException("no process can be started: " + e.getMessage(), e);
        }
    }

    /** What a newer Java must be told, lest it warn of native libraries and of Unsafe at the start of each process. */
    static List<String> javaOptions() {
        var options = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= UNSAFE_OPTION_SINCE) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }

    public boolean runs() {
        return process.isAlive();
    }

    /** What it ended with, and the exception that ended it if it printed one; for one that has ended. */
    public String end() {
        String code = "exit code " + process.exitValue();
        try (var lines = Files.lines(output)) {
            return lines.filter(line -> line.startsWith("Exception ") || line.startsWith("Caused by: "))
                    .reduce((first, last) -> last)
                    .map(last -> code + ", " + last)
                    .orElse(code);
        } catch (IOException e) {
            return code;
        }
    }

    /** Gives it a command; one that has ended hears nothing. */
    public void tell(String line) {
        try {
            commands.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
        } catch (IOException e) {
            // It has ended, which is noticed elsewhere.
        }
    }

    /** Ends it by SIGKILL, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks it to end by SIGTERM.
     *
     * @return whether it has ended in time
     */
    public boolean terminate(Duration limit) throws InterruptedException {
        process.destroy();
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        kill();
    }
}
