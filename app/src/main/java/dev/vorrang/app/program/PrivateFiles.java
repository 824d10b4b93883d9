package dev.vorrang.app.program;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps files to the user who runs the program: folders 0700, files 0600. */
public final class PrivateFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);
    private static final int GROUP_AND_OTHERS = 077;
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** What POSIX calls so; Java has no way to it. */
    private interface C extends Library {
        int umask(int mask);
    }

    /**
     * From here on what this process and those it starts create is its user's alone, whoever creates it: broker, state stores,
     * log. Where that cannot be had (Windows), a closed folder around the files does the same.
     */
    public static void fromNowOn() {
        try {
            Native.load("c", C.class).umask(GROUP_AND_OTHERS);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            LOG.warn("The process's umask cannot be set; only folders keep others out: {}", e.getMessage());
        }
    }

    /**
     * Closes a folder that is there, and all in it, to others. Does not follow links out of it.
     *
     * @param warning takes what cannot be closed
     * @throws IOException if it cannot be read
     */
    static void close(Path folder, Consumer<String> warning) throws IOException {
        var real = folder.toRealPath();
        if (!hasPermissions(real)) {
            warning.accept("warning: " + real
                    + " cannot be closed to others: it is another user's, or on a file system without"
                    + " permissions (" + Files.getFileStore(real).type()
                    + "), where whoever may read the disk may read the mails; choose another folder");
            return;
        }
        Files.walkFileTree(real, new Closing(warning));
    }

    private static boolean hasPermissions(Path folder) throws IOException {
        if (!Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
            return false;
        }
        try {
            Files.setPosixFilePermissions(folder, FOLDER);
        } catch (FileSystemException e) {
            // Said below, if it was necessary.
        }
        // A FAT disk takes them without a word, and keeps those of its mount.
        return Files.getPosixFilePermissions(folder).equals(FOLDER);
    }

    private static final class Closing extends SimpleFileVisitor<Path> {

        private final Consumer<String> warning;

        Closing(Consumer<String> warning) {
            this.warning = warning;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            set(folder, FOLDER);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                set(file, FILE);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            warn(file);
            return FileVisitResult.CONTINUE;
        }

        private void set(Path path, Set<PosixFilePermission> permissions) {
            try {
                if (!Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
                        .equals(permissions)) {
                    Files.setPosixFilePermissions(path, permissions);
                }
            } catch (IOException e) {
                warn(path);
            }
        }

        /** The closed folder around it keeps others out all the same. */
        private void warn(Path path) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                warning.accept("warning: the permissions of " + path + " cannot be set: it is another user's");
            }
        }
    }
}
