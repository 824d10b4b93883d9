package dev.vorrang.app.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What the process that started this one says. When it is gone, this one has nothing to do any more and ends. */
public final class ParentCommands {

    private ParentCommands() {}

    /** @param commands takes each line, in a thread of its own */
    public static void follow(Consumer<String> commands) {
        var thread = new Thread(() -> read(commands), "commands");
        thread.setDaemon(true);
        thread.start();
    }

    private static void read(Consumer<String> commands) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.accept(line);
            }
        } catch (IOException e) {
            // As good as its end.
        }
        // Nobody waits for an orderly end, and its folder may be gone.
        Runtime.getRuntime().halt(1);
    }
}
