package dev.vorrang.app.command.options;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A file that a command writes: all of it, or what was there before. */
public final class OutputFile {

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        void write(Writer writer) throws IOException;
    }

    private OutputFile() {}

    /**
     * Looks before any work is done.
     *
     * @throws CommandFailedException if there can be no such file
     */
    public static void require(String option, Path file) {
        if (!Files.isDirectory(file.toAbsolutePath().getParent()) || Files.isDirectory(file)) {
            throw CommandFailedException.wrongUsage(option + " " + file + ": must be a file in a folder that exists");
        }
    }

    /**
     * Looks before any work is done.
     *
     * @throws CommandFailedException if there is something other than an empty folder
     */
    public static void requireNewFolder(String option, Path folder) {
        try (var entries = Files.exists(folder) ? Files.list(folder) : Stream.<Path>empty()) {
            if (entries.findAny().isPresent()) {
                throw CommandFailedException.wrongUsage(
                        option + " " + folder + ": the folder is not empty; allowed is a new or empty one");
            }
        } catch (IOException e) {
            throw CommandFailedException.wrongUsage(
                    option + " " + ErrorText.of(e) + "; allowed is a new or empty folder");
        }
    }

    /**
     * Writes a file in UTF-8, replacing one that is there.
     *
     * @throws IOException if it cannot be written; nothing is left of it then
     */
    public static void write(Path file, Content content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            content.write(writer);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
