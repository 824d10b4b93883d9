package dev.vorrang.app.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The room that a folder's disk has left. The program ends in an orderly way before the last of it is gone, for a broker that finds none
 * ends the process at once.
 *
 * @param key of the setting that names the folder
 * @param folder is there
 */
public record DiskSpace(String key, Path folder) {

    /** Enough to write what an orderly end writes. */
    private static final long LEAST_BYTES = 64L << 20;

    /** Twice as much to start with, or it would end soon after. */
    private static final long LEAST_TO_START_BYTES = 2 * LEAST_BYTES;

    /** @throws CommandFailedException if there is not enough to start with */
    public void checkStart() {
        problem(LEAST_TO_START_BYTES).ifPresent(problem -> {
            throw new CommandFailedException(problem);
        });
    }

    /** @throws CommandFailedException if it is time to end */
    public void check() {
        problem(LEAST_BYTES).ifPresent(problem -> {
            throw new CommandFailedException(problem);
        });
    }

    Optional<String> problem(long least) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= least
                    ? Optional.empty()
                    : Optional.of("the disk of " + key + ", '" + folder.toAbsolutePath() + "', is full: " + (free >> 20)
                            + " MiB are left, " + (least >> 20) + " MiB are needed. " + wayOut(key));
        } catch (IOException e) {
            return Optional.of(
                    "the disk of " + key + ", '" + folder.toAbsolutePath() + "', cannot be read: is it there?");
        }
    }

    /** What to do about a disk that takes no more. */
    public static String wayOut(String key) {
        return "Free some space, or move the folder to a larger disk and set " + key
                + " to it; started again, it goes on where it was.";
    }
}
