package dev.vorrang.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Exclusive lock of a folder, within this process and between processes. The operating system releases it when the process ends. */
public final class FolderLock implements AutoCloseable {

    private static final String FILE = ".vorrang.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a folder, which is created if absent.
     *
     * @return empty if it is locked already, or if its file system has no locks
     * @throws IOException if the folder is not writable
     */
    public static Optional<FolderLock> take(Path folder) throws IOException {
        Files.createDirectories(folder);
        var channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new FolderLock(channel));
            }
        } catch (OverlappingFileLockException | IOException e) {
            // Locked in this process, or on a file system without locks.
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether a folder was locked before and is not locked now. */
    public static boolean isLeft(Path folder) {
        if (!Files.isRegularFile(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            var lock = take(folder);
            lock.ifPresent(FolderLock::close);
            return lock.isPresent();
        } catch (IOException e) {
            // Belongs to another user.
            return false;
        }
    }

    /** Whether a folder is locked now. */
    static boolean isTaken(Path folder) {
        return Files.exists(folder.resolve(FILE)) && !isLeft(folder);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
