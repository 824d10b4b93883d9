package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointerTest {

    @Test
    void shouldReadWordsToTheirEndWhateverJavaRunsIt() {
        assertThat(Pointer.isAtMail("siehe unten, Noël")).as("no 'no'").isTrue();
        assertThat(Pointer.isAtMail("siehe unten, no")).isFalse();
    }
}
