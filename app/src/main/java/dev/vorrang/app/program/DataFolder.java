package dev.vorrang.app.program;

import dev.vorrang.embedded.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The folder for all that {@code run} keeps: one program's at a time, and closed to other users. The system frees it when the program
 * dies.
 */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FolderLock lock;

    private DataFolder(Path path, FolderLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes a folder, made if it is absent, and closes to others what an earlier version left open.
     *
     * @param warning takes a line for what is not as it should be
     * @throws CommandFailedException if it cannot be written, or another program has it
     */
    public static DataFolder open(Path path, Consumer<String> warning) {
        PrivateFiles.fromNowOn();
        try {
            var lock = FolderLock.take(path)
                    .orElseThrow(() -> new CommandFailedException("data: folder '" + path
                            + "' is in use by another vorrang: stop that one, or set data to another folder"));
            PrivateFiles.close(path, warning);
            return new DataFolder(path, lock);
        } catch (IOException e) {
            throw refused("data", path, e);
        }
    }

    /**
     * Makes another folder that this program writes to, if it is absent, and closes it to others in the same way.
     *
     * @param key of the setting that names it
     * @throws CommandFailedException if it cannot be written
     */
    public static void closeToo(String key, Path folder, Consumer<String> warning) {
        try {
            PrivateFiles.close(Files.createDirectories(folder), warning);
        } catch (IOException e) {
            throw refused(key, folder, e);
        }
    }

    private static CommandFailedException refused(String key, Path folder, IOException cause) {
        return new CommandFailedException(
                key + ": folder '" + folder + "' cannot be written: allowed is a folder of this user's own", cause);
    }

    /**
     * A folder within, made if it is absent.
     *
     * @throws CommandFailedException if it cannot be made
     */
    public Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw refused("data", path, e);
        }
    }

    /** File of the log. */
    public Path log() {
        return folder("log").resolve("vorrang.log").toAbsolutePath();
    }

    /** How other programs of this user log in to what runs embedded. */
    public ClientFile clients() {
        return new ClientFile(path);
    }

    @Override
    public void close() {
        lock.close();
    }
}
