package dev.vorrang.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference pages say what the code says. {@code mvn -Dvorrang.docs=write …} writes them anew. */
class ReferencePagesTest {

    private static final Path DOCS = Path.of("..", "docs");

    @ParameterizedTest
    @EnumSource
    void shouldBeUpToDate(ReferencePage page) throws IOException {
        var file = DOCS.resolve(page.file());
        if ("write".equals(System.getProperty("vorrang.docs"))) {
            Files.writeString(file, page.text());
        }
        assertThat(file)
                .as(
                        "docs/%s; write it anew with mvn -pl app -am test -Dtest=ReferencePagesTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dvorrang.docs=write",
                        page.file())
                .hasContent(page.text());
    }
}
