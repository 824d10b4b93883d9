package dev.vorrang.scoring.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the folder for state before Kafka Streams does, whose errors would come late and say little. */
final class StateFolder {

    /** What RocksDB needs to open the stores of a few tasks, with room for the first segments. */
    static final long MIN_FREE_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

    private StateFolder() {}

    /**
     * Makes the folder if it is absent, and loads RocksDB by way of it.
     *
     * @param leastFreeBytes room that its disk must have
     * @throws IllegalStateException if it cannot be made or written, or its disk is full
     */
    static void prepare(Path folder, long leastFreeBytes) {
        Path absolute = folder.toAbsolutePath();
        try {
            Files.createDirectories(absolute);
            Path probe = Files.createTempFile(absolute, "probe", ".tmp");
            Files.writeString(probe, "can be written");
            Files.delete(probe);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "state folder " + absolute + " cannot be written." + " Choose a folder that this user may write.",
                    e);
        }
        long free = absolute.toFile().getUsableSpace();
        if (free < leastFreeBytes) {
            throw new IllegalStateException("state folder " + absolute + " has " + (free >> 20)
                    + " MiB of disk left: at least " + (leastFreeBytes >> 20)
                    + " MiB are needed. Free some, or choose a folder on another disk.");
        }
        RocksDbLibrary.load(absolute);
    }

    /** Closes to others what Kafka Streams leaves open to the user's group: the folder itself, and the application's in it. */
    static void closeToOthers(Path folder, String applicationId) {
        for (Path each : List.of(folder, folder.resolve(applicationId))) {
            try {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
            } catch (IOException | UnsupportedOperationException e) {
                // Whoever made the folder has been told that its disk has no permissions.
                LOG.debug("{} stays open to others", each, e);
            }
        }
    }
}
