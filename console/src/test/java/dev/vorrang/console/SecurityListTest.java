package dev.vorrang.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of requirements in {@code docs/console-security.md} names tests that there are. */
class SecurityListTest {

    private static final Path PROJECT = Path.of("..");
    /** A class and perhaps its method; or the end of the name of another method of the class before. */
    private static final Pattern TEST = Pattern.compile("`(?:(\\w+Test)(?:\\.(\\w+))?|…(\\w+))`");

    @Test
    void shouldNameTestsThatThereAre() throws IOException {
        var missing = new ArrayList<String>();
        int named = 0;
        String source = "";
        var names = TEST.matcher(Files.readString(PROJECT.resolve("docs/console-security.md")));
        while (names.find()) {
            named++;
            if (names.group(1) != null) {
                source = source(names.group(1));
            }
            boolean found = names.group(3) == null
                    ? names.group(2) == null ? !source.isEmpty() : source.contains("void " + names.group(2) + "(")
                    : Pattern.compile("void \\w+" + names.group(3) + "\\(")
                            .matcher(source)
                            .find();
            if (!found) {
                missing.add(names.group());
            }
        }
        assertThat(named).isGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    /** Empty if there is no such class. */
    private static String source(String test) throws IOException {
        for (String module : List.of("console", "app")) {
            try (var files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
                List<Path> found =
                        files.filter(file -> file.endsWith(test + ".java")).collect(Collectors.toList());
                if (!found.isEmpty()) {
                    return Files.readString(found.get(0));
                }
            }
        }
        return "";
    }
}
