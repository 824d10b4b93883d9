package dev.vorrang.scoring.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native code of RocksDB. Left to itself it is unpacked to a new file of {@code java.io.tmpdir} at each start, 15 MB that stay there
 * when the program is killed.
 */
final class RocksDbLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(RocksDbLibrary.class);
    /** No name of an application begins so, whose folder stands beside it. */
    private static final String FOLDER = ".native";

    private RocksDbLibrary() {}

    /** Loads it from a folder within this one, where the next start replaces it; does nothing if the process has it already. */
    static void load(Path stateFolder) {
        try {
            var folder = Files.createDirectories(stateFolder.resolve(FOLDER));
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            // Such as a disk from which no programs may be run: RocksDB tries its own way then, and says what is wrong.
            LOG.warn("RocksDB's library cannot be loaded from {}: {}", stateFolder, e.getMessage());
        }
    }
}
