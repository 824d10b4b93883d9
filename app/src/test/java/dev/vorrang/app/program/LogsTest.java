package dev.vorrang.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogsTest {

    @TempDir
    private Path folder;

    @AfterEach
    void logAsBefore() throws Exception {
        Logs.close();
        new ContextInitializer((LoggerContext) LoggerFactory.getILoggerFactory()).autoConfig();
    }

    @Test
    void shouldWriteAnObjectALineAsJson() throws IOException {
        Path file = folder.resolve("vorrang.log");
        Logs.toFile(file, false);
        Logs.asJson();
        var logger = LoggerFactory.getLogger("dev.vorrang.test");

        logger.info("a \"quoted\" {}\nsecond line", "word");
        logger.warn("failed", new IllegalStateException("why", new IOException("disk")));

        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).get("level").asText()).isEqualTo("INFO");
        assertThat(lines.get(0).get("loggerName").asText()).isEqualTo("dev.vorrang.test");
        assertThat(lines.get(0).get("formattedMessage").asText()).isEqualTo("a \"quoted\" word\nsecond line");
        assertThat(lines.get(0).get("timestamp").asLong()).isPositive();
        assertThat(lines.get(1).at("/throwable/message").asText()).isEqualTo("why");
    }
}
