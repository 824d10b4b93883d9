package dev.vorrang.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Input collected elsewhere, which is not part of the project: tests over it are skipped where the folder is missing. */
public final class Corpus {

    private Corpus() {}

    /** A file or folder of the corpus; skips the test if it is not there. */
    public static Path require(String name) {
        String property = System.getProperty("vorrang.corpus", System.getenv("VORRANG_CORPUS"));
        Path corpus = property == null ? repository().resolveSibling("shared").resolve("data") : Path.of(property);
        Path path = corpus.resolve(name);
        assumeTrue(
                Files.exists(path),
                "no corpus at " + path + ": name its folder with -Dvorrang.corpus or the environment's VORRANG_CORPUS");
        return path;
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve("registry-client"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
