package dev.vorrang.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a data folder to one owner, in this program and others. The system frees it when the program dies. */
final class FolderLock implements AutoCloseable {

    private static final String FILE = ".vorrang.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws EmbeddedKafkaException if the folder cannot be written, or is another's already */
    static FolderLock take(Path folder) {
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new EmbeddedKafkaException("data folder " + folder + " cannot be written: " + e, e);
        }
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException | IOException e) {
            // Owned by this very program, or by a file system that has no locks: not ours either way.
        }
        close(channel);
        throw new EmbeddedKafkaException(
                "data folder " + folder + " is in use by another broker: stop that one, or choose another folder",
                null);
    }

    /** Whether a folder is another's now. */
    static boolean isTaken(Path folder) {
        if (!Files.exists(folder.resolve(FILE))) {
            return false;
        }
        try {
            take(folder).close();
            return false;
        } catch (EmbeddedKafkaException e) {
            return true;
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
