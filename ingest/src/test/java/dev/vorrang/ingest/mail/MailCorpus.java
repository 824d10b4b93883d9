package dev.vorrang.ingest.mail;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Mails collected elsewhere, which are not part of the project: tests over them are skipped where the folder is missing. */
final class MailCorpus {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MailCorpus() {}

    /** A file or folder of the corpus; skips the test if it is not there. */
    static Path require(String name) {
        String property = System.getProperty("vorrang.corpus", System.getenv("VORRANG_CORPUS"));
        Path corpus = property == null ? repository().resolveSibling("shared").resolve("data") : Path.of(property);
        Path path = corpus.resolve(name);
        assumeTrue(
                Files.exists(path),
                "no corpus at " + path + ": name its folder with -Dvorrang.corpus or the environment's VORRANG_CORPUS");
        return path;
    }

    static List<JsonNode> jsonLines(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    static RawMail mail(Path file) {
        try {
            return new RawMail(
                    Files.readAllBytes(file), file.toUri().toString(), Instant.parse("2026-01-01T00:00:00Z"), 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve("registry-client"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
