package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.settings.PriorityReference;
import dev.vorrang.app.settings.SettingsReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Keeps the generated documents true to the code: each is compared with what its generator writes now. */
class DocsTest {

    /** Set to true, the documents are written anew instead. */
    private static final boolean WRITE = Boolean.getBoolean("vorrang.docs.write");

    private static final String COMMAND =
            "mvn -pl app -am test -Dtest=DocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dvorrang.docs.write=true";

    /** File, from the top of the repository, to what it should hold. */
    private static final Map<String, Supplier<String>> DOCUMENTS = Map.of(
            "docs/settings.md", SettingsReference::markdown,
            "docs/priority.md", PriorityReference::markdown);

    @TestFactory
    Stream<DynamicTest> shouldBeAsTheCodeHasIt() {
        return DOCUMENTS.entrySet().stream()
                .map(document -> DynamicTest.dynamicTest(
                        document.getKey(),
                        () -> check(
                                Path.of("..", document.getKey()),
                                document.getValue().get())));
    }

    private static void check(Path file, String generated) throws IOException {
        if (WRITE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(file).as("write it anew with: " + COMMAND).exists();
        assertThat(Files.readString(file))
                .as("%s is not as the code has it; write it anew with: %s", file, COMMAND)
                .isEqualTo(generated);
    }
}
