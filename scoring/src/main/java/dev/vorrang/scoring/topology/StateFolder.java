package dev.vorrang.scoring.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at the folder for state before Kafka Streams does, whose errors would come late and say little. */
final class StateFolder {

    /** What RocksDB needs to open the stores of a few tasks, with room for the first segments. */
    static final long LEAST_FREE_BYTES = 64L << 20;

    private StateFolder() {}

    /**
     * Makes the folder if it is absent.
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
                    "state folder " + absolute + " cannot be written: " + e
                            + ". Choose a folder that this user may write.",
                    e);
        }
        long free = absolute.toFile().getUsableSpace();
        if (free < leastFreeBytes) {
            throw new IllegalStateException("state folder " + absolute + " has " + (free >> 20)
                    + " MiB of disk left: at least " + (leastFreeBytes >> 20)
                    + " MiB are needed. Free some, or choose a folder on another disk.");
        }
    }
}
