package dev.vorrang.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

    @Test
    void shouldSayWhatTheNameOfAnExceptionSays() {
        assertThat(ErrorText.of(new NoSuchFileException("/data/x")))
                .isEqualTo("/data/x: there is no such file or folder");
        assertThat(ErrorText.of(new AccessDeniedException("/data/x")))
                .isEqualTo("/data/x: this user may not read or write it");
        assertThat(ErrorText.of(new UnknownHostException("mail.example")))
                .isEqualTo("mail.example: there is no such host");
        assertThat(ErrorText.of(new java.util.concurrent.TimeoutException())).isEqualTo("no answer in time");
        assertThat(ErrorText.of(new BindException("Address already in use"))).isEqualTo("Address already in use");
    }

    @Test
    void shouldTellCausesOnceAndWithoutTheirClasses() {
        var cause = new IOException("disk is full");

        assertThat(ErrorText.of(new UncheckedIOException("log", cause))).isEqualTo("log: disk is full");
        assertThat(ErrorText.of(new ExecutionException(cause))).isEqualTo("disk is full");
        assertThat(ErrorText.of(new IllegalStateException("java.io.IOException: disk is full", cause)))
                .isEqualTo("disk is full");
    }

    @Test
    void shouldLeaveNoClassNameInTextsOfOthers() {
        assertThat(ErrorText.plain("cannot be read (java.nio.file.NoSuchFileException: /x)"))
                .isEqualTo("cannot be read (there is no such file or folder: /x)");
        assertThat(ErrorText.plain("org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node"))
                .isEqualTo("no answer in time: Timed out waiting for a node");
        assertThat(ErrorText.plain("failed with java.lang.IllegalStateException"))
                .isEqualTo("failed with illegal state");
        assertThat(ErrorText.plain("mail from Max.Error@example.org at 12:00")).contains("12:00");
    }

    @Test
    void shouldSaySomethingOfAnErrorWithoutAMessage() {
        assertThat(ErrorText.of(new IllegalStateException()))
                .contains("illegal state")
                .doesNotContain("Exception");
    }
}
