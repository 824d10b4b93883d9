package dev.vorrang.app.crash;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.Home;
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
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final Path output;
    private final OutputStream commands;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.commands = process.getOutputStream();
    }

    /**
     * @param program class with a {@code main}
     * @param folder holds its temporary files
     * @param output takes what it prints
     */
    static ChildProcess start(Class<?> program, Path folder, Path output, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // It lives for seconds.
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                // It is killed, and cannot remove what libraries unpack.
                "-Djava.io.tmpdir=" + folder,
                "-Dvorrang.home=" + Home.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
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

    boolean runs() {
        return process.isAlive();
    }

    /** What it ended with, and the exception that ended it if it printed one; for one that has ended. */
    String end() {
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
    void tell(String line) {
        try {
            commands.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
        } catch (IOException e) {
            // It has ended, which is noticed elsewhere.
        }
    }

    /** Ends it by SIGKILL, and returns when it is gone. */
    void kill() {
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
    boolean terminate(Duration limit) throws InterruptedException {
        process.destroy();
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        kill();
    }
}
