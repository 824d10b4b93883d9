package dev.vorrang.schemas.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001B[2J", // clears the screen
                "\u001B]52;c;aGVsbG8=\u0007", // sets the clipboard
                "\u009B2J", // the same by C1
                "\u009D52;c;aGVsbG8=\u009C",
                "\u001B]0;title\u001B\\",
                "\u001BP+q\u001B\\",
                "\b\b\b\u007F",
                "\u0000",
                "\u0085",
                "\uD800",
                "\u2028"
            })
    void shouldLetNoControlThrough(String control) {
        var text = "no" + control + "such";

        assertThat(ForeignText.line(text)).matches("[^\\p{Cc}\\p{Cs}\\p{Zl}]*");
        assertThat(ForeignText.lines(text)).matches("[^\\p{Cc}\\p{Cs}\\p{Zl}]*");
        assertThat(ForeignText.atTerminal(text)).matches("[^\\p{Cc}\\p{Cs}\\p{Zl}]*");
    }

    @Test
    void shouldMakeOneLineOfSeveralAndTurnNoDirection() {
        assertThat(ForeignText.line("NO\r\n2026-01-01 ERROR forged\tabc\u202Egpj.exe"))
                .isEqualTo("NO 2026-01-01 ERROR forged abc\uFFFDgpj.exe");
        assertThat(ForeignText.lines("Error\r\n\tat Some.method\n\u001B[31m"))
                .isEqualTo("Error\n\tat Some.method\n\uFFFD[31m");
        assertThat(ForeignText.line("x".repeat(10_000))).hasSize(ForeignText.MAX_LINE_LENGTH + 1);
        assertThat(ForeignText.line("Grüße, 漢字 😀")).isEqualTo("Grüße, 漢字 😀");
    }

    @Test
    void shouldLetColoursAloneReachTheTerminal() {
        assertThat(ForeignText.atTerminal("\u001B[1;31mred\u001B[0m\n")).isEqualTo("\u001B[1;31mred\u001B[0m\n");
        assertThat(ForeignText.atTerminal("\u001B[2K\u001B[5A")).doesNotContain("\u001B");
    }

    @Test
    void shouldHideSecretsInEveryFormTheyAreSentIn() {
        var secret = "top & s3cret";
        KnownSecrets.add(secret);
        KnownSecrets.add(secret + " and more");
        var encoded = Base64.getEncoder().encodeToString(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(ForeignText.line(
                        "bad client_secret=top+%26+s3cret, " + secret + " and more, " + secret + ", " + encoded))
                .isEqualTo("bad client_secret=***, ***, ***, ***");
        assertThat(ForeignText.lines("a\n" + secret)).isEqualTo("a\n***");
    }

    @Test
    void shouldNotHideWordsOfAnyText() {
        KnownSecrets.add("ab");
        KnownSecrets.add("");
        KnownSecrets.add(null);

        assertThat(ForeignText.line("absolutely")).isEqualTo("absolutely");
    }
}
