package dev.vorrang.ingest.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.ingest.Corpus;
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
        return Corpus.require(name);
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
}
