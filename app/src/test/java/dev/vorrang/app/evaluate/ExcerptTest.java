package dev.vorrang.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void shouldShowTextInOneLine() {
        assertThat(Excerpt.of(" one\r\n\ttwo   three ", 40)).isEqualTo("one two three");
        assertThat(Excerpt.of("", 40)).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatIsActedOn() {
        assertThat(Excerpt.of("a\u001b[31mb\u0000c\u202ed\u2028e", 40)).isEqualTo("a [31mb c d e");
        assertThat(Excerpt.of("lone \ud83d half", 40)).isEqualTo("lone half");
    }

    @Test
    void shouldCutWholeCharacters() {
        assertThat(Excerpt.of("🔥🔥🔥", 3)).isEqualTo("🔥🔥🔥");
        assertThat(Excerpt.of("🔥🔥🔥🔥", 3)).isEqualTo("🔥🔥🔥…");
        assertThat(Excerpt.name("x".repeat(61))).isEqualTo("x".repeat(60) + "…");
    }

    @Test
    void shouldSayThatTextWasCutOffWhereItsBeginningIsBlank() {
        assertThat(Excerpt.of(" ".repeat(1_000_000) + "end", 10)).isEqualTo("…");
    }
}
