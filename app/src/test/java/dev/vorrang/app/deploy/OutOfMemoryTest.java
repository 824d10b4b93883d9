package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A program without memory is in no known state: each way to start one has it end, so that it is started again. */
class OutOfMemoryTest {

    private static final String FLAG = "-XX:+ExitOnOutOfMemoryError";

    @Test
    void shouldEndWithoutMemoryWhereverItIsStarted() {
        assertThat(ComposeFile.text("vorrang")).containsPattern("exec \"\\$java\" .*" + "\\Q" + FLAG + "\\E");
        assertThat(ComposeFile.text("docker/Dockerfile"))
                .containsPattern("ENTRYPOINT \\[.*\\Q\"" + FLAG + "\"\\E")
                .containsPattern("ENV KAFKA_OPTS=.*\\Q" + FLAG + "\\E");
    }
}
