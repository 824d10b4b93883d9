package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies in the forms of mail programs and ticket systems, and texts of people that look like them. */
class ReplyFormatsTest {
    private static final Path REPLIES = Path.of("src", "test", "resources", "replies");
    private static final String SUBJECT = "Re: Anfrage";
    /** Written in place of a text that is kept whole. */
    private static final String WHOLE = "=";

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("replies")
    void shouldTakeWhatIsNewlyWritten(String file, String name, String subject, String body, String expected) {
        String type = "Content-Type: text/" + (file.startsWith("html") ? "html" : "plain") + "; charset=utf-8";
        assertThat(Records.decode("From: erika@example.org", "Subject: " + subject, type, "", body)
                        .getText())
                .isEqualTo(expected);
    }

    /** Each after a line with a name and perhaps a subject, with the expected text below a line of two equals signs. */
    static Stream<Arguments> replies() throws IOException {
        try (Stream<Path> files = Files.list(REPLIES)) {
            List<Path> sorted = files.sorted().toList();
            return sorted.stream().flatMap(ReplyFormatsTest::replies);
        }
    }

    private static Stream<Arguments> replies(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
        return Arrays.stream(text.split("(?m)^#### ")).skip(1).map(each -> {
            String[] title = each.substring(0, each.indexOf('\n')).split(" \\| ");
            int end = each.lastIndexOf("\n==\n");
            String body = each.substring(each.indexOf('\n') + 1, end);
            String expected = each.substring(end + 4).strip();
            return Arguments.of(
                    file.getFileName().toString(),
                    title[0],
                    title.length > 1 ? title[1] : SUBJECT,
                    body,
                    expected.equals(WHOLE) ? body.strip() : expected);
        });
    }
}
