package dev.vorrang.console.access;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that are this system user's alone, where the file system has permissions. */
final class OwnFiles {

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnFiles() {}

    /** @throws IOException if others may read or write it, or it is not there */
    static void requirePrivate(Path file) throws IOException {
        if (!POSIX) {
            return;
        }
        var there = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        there.removeAll(OWNER);
        if (!there.isEmpty()) {
            throw new IOException(file + " has the permissions "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + ": allowed is rw------- at most; chmod 600 closes it to others");
        }
    }

    /** Closed to others if it is made here. */
    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes("rwx------"));
        }
    }

    /** Replaces a file as a whole. */
    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, file.getFileName() + ".", ".new", attributes("rw-------"));
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
