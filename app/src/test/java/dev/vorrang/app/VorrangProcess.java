package dev.vorrang.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program as its users run it: a process of its own, started as the {@code vorrang} script does. */
final class VorrangProcess implements AutoCloseable {

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    private VorrangProcess(Process process) {
        this.process = process;
        this.readers = List.of(read(process.getInputStream(), out), read(process.getErrorStream(), err));
    }

    /** @param temporary the process's folder for temporary files */
    static VorrangProcess start(Path temporary, String... arguments) throws IOException {
        return start(List.of(), temporary, arguments);
    }

    /** The same with a limit: no file can grow larger, as on a disk that is full. */
    static VorrangProcess startWithFilesUpTo(long bytes, Path temporary, String... arguments) throws IOException {
        return start(
                List.of("bash", "-c", "ulimit -f " + bytes / 1024 + " && exec \"$@\"", "limited"),
                temporary,
                arguments);
    }

    /** The same on a terminal of 120 columns; what the terminal shows is on standard output, a line for each time that one is drawn. */
    static VorrangProcess startOnTerminal(Path temporary, String... arguments) throws IOException {
        var inTerminal =
                "exec script --quiet --return --command \"stty cols 120; exec $(printf '%q ' \"$@\")\" /dev/null";
        return start(List.of("bash", "-c", inTerminal, "terminal"), temporary, arguments);
    }

    private static VorrangProcess start(List<String> through, Path temporary, String... arguments) throws IOException {
        var command = new ArrayList<>(through);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-Dvorrang.home=" + Path.of("..").toRealPath(),
                "-cp",
                Path.of("target/classes") + ":"
                        + Files.readString(Path.of("target/class-path")).strip(),
                "dev.vorrang.app.Main"));
        command.addAll(List.of(arguments));
        return new VorrangProcess(new ProcessBuilder(command).start());
    }

    /** Lines on standard output so far. */
    List<String> out() {
        return out;
    }

    /** Standard error so far. */
    String err() {
        return String.join("\n", err);
    }

    /** First group of the pattern's first match in standard error. */
    String told(String pattern) {
        var matcher = Pattern.compile(pattern).matcher(err());
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in:\n" + err());
        }
        return matcher.group(1);
    }

    boolean runs() {
        return process.isAlive();
    }

    /** The processes that it has started. */
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Sends a signal by its name, such as INT or KILL. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Exit code, once the process has ended and all it wrote is read. */
    int exitCode(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + limit + ":\n" + err());
        }
        for (var reader : readers) {
            reader.join(5_000);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Thread read(InputStream stream, List<String> lines) {
        var thread = new Thread(() -> {
            try (var reader =
                    new java.io.BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                // The process was killed.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
