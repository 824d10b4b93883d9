package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Automatic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AutomaticMailTest {
    private static final Path MAILS = Path.of("src", "test", "resources", "automatic", "mails.txt");

    @ParameterizedTest(name = "{1}")
    @MethodSource("mails")
    void shouldTellTheKind(Automatic expected, String name, String mail) {
        assertThat(Records.decode(Records.raw(mail.getBytes(StandardCharsets.UTF_8)))
                        .getAutomatic())
                .isEqualTo(expected);
    }

    /** Each after a line with the expected kind and a name. */
    static Stream<Arguments> mails() throws IOException {
        return Arrays.stream(Files.readString(MAILS).split("(?m)^## ")).skip(1).map(each -> {
            String[] title = each.substring(0, each.indexOf('\n')).split(" ", 2);
            return Arguments.of(Automatic.valueOf(title[0]), title[1], each.substring(each.indexOf('\n') + 1));
        });
    }
}
