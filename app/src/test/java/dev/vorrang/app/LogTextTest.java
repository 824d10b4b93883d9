package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import dev.vorrang.app.program.Logs;
import dev.vorrang.app.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Text of a server on its way into the log. */
class LogTextTest {

    @TempDir
    private Path folder;

    @AfterEach
    void logAsBefore() throws Exception {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    @Test
    void shouldHoldNoControlCharacterAndNoSecret() throws IOException {
        var secret = new Secret("hunter2-and-more");
        var file = folder.resolve("vorrang.log");
        Logs.toFile(file, false);

        var answer = "NO \u001B]52;c;aGVsbG8=\u0007\u009B2J " + secret.value() + "\n2026-01-01T00:00:00 INFO forged";
        LoggerFactory.getLogger("dev.vorrang.test")
                .warn("server says {}", answer, new IllegalStateException("caused by " + answer));
        Logs.close();

        assertThat(Files.readString(file))
                .contains("server says NO ", "caused by NO ", "***", "at dev.vorrang.app.LogTextTest")
                .doesNotContain(secret.value())
                .doesNotContainPattern("[\\p{Cc}&&[^\\n\\t]]")
                .contains("\n    2026-01-01T00:00:00 INFO forged");
    }
}
