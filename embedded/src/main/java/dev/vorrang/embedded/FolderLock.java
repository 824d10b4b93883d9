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

/** Keeps a folder to one owner, in this program and others. The system frees it when the program dies. */
public final class FolderLock implements AutoCloseable {

    private static final String FILE = ".vorrang.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a folder, made if it is absent.
     *
     * @return empty if it is another's, or on a file system that has no locks
     * @throws IOException if it cannot be written
     */
    public static Optional<FolderLock> take(Path folder) throws IOException {
        Files.createDirectories(folder);
        var channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new FolderLock(channel));
            }
        } catch (OverlappingFileLockException | IOException e) {
            // Owned by this very program, or by a file system that has no locks: not ours either way.
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether a folder had an owner who has died, or closed it and left it. */
    public static boolean isLeft(Path folder) {
        if (!Files.isRegularFile(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            var lock = take(folder);
            lock.ifPresent(FolderLock::close);
            return lock.isPresent();
        } catch (IOException e) {
            // Another user's.
            return false;
        }
    }

    /** Whether a folder is another's now. */
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
