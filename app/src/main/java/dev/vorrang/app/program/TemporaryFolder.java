package dev.vorrang.app.program;

import dev.vorrang.embedded.FolderLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of this user's alone that is gone when it is closed; if the program was killed, when another is made. */
public final class TemporaryFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
    /** Whoever wrote into it may end a moment later than it is closed. */
    private static final int MOST_ROUNDS = 50;

    private final Path path;
    private final FolderLock lock;

    private TemporaryFolder(Path path, FolderLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes a folder, and deletes those with the same prefix whose program was killed.
     *
     * @throws CommandFailedException if the system's temporary folder cannot be written
     */
    public static TemporaryFolder create(String prefix) {
        return create(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    static TemporaryFolder create(Path parent, String prefix) {
        try {
            deleteAbandoned(parent, prefix);
            var path = Files.createTempDirectory(parent, prefix);
            return new TemporaryFolder(path, FolderLock.take(path).orElseThrow(() -> new IOException("no locks")));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "no temporary folder can be made in " + parent
                            + ": free some space there, or choose another with JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete(path);
        lock.close();
    }

    /** Deletes a folder and all in it, also while others still delete or write there. */
    public static void delete(Path folder) {
        for (int round = 0; round < MOST_ROUNDS && Files.exists(folder, LinkOption.NOFOLLOW_LINKS); round++) {
            try {
                Files.walkFileTree(folder, new Deleting());
            } catch (IOException e) {
                LOG.debug("{} is not all gone yet", folder, e);
            }
        }
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warn("Temporary folder {} is not all gone", folder);
        }
    }

    private static void deleteAbandoned(Path parent, String prefix) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : folders) {
                if (FolderLock.isLeft(folder)) {
                    delete(folder);
                }
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read", parent, e);
        }
    }

    /** What another deletes meanwhile is as good as deleted. */
    private static final class Deleting extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
