package dev.vorrang.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of the files of the page without a browser. */
class PageSourcesTest {

    private static final Pattern ENTRY = Pattern.compile("^  '([^']+)': (['\"])(.*)\\2,$", Pattern.MULTILINE);
    private static final Pattern LITERAL = Pattern.compile("\\bt\\('([^']+)'");
    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+\\}");

    private static final Pattern EXPORT =
            Pattern.compile("^export (?:async )?(?:const|function|class) (\\w+)", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^import \\{([^}]*)\\}", Pattern.MULTILINE);
    private static final Pattern ICON = Pattern.compile("^  (\\w+): 'M", Pattern.MULTILINE);
    /** As an icon is named: {@code <${Icon} name="x"}, {@code icon="x"}, {@code icon: 'x'}, or by a condition. */
    private static final String ICON_USE = "(?:name=\"|icon=\"|icon: '|\\? '|: '|\\[')%s['\"]";

    private final Path page = page();

    private static Path page() {
        try {
            return Path.of(PageSourcesTest.class
                            .getResource("/dev/vorrang/console/page/index.html")
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (var all = Files.walk(page)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private TreeMap<String, String> dictionary(String language) throws IOException {
        var entries = new TreeMap<String, String>();
        var matcher = ENTRY.matcher(Files.readString(page.resolve("i18n/" + language + ".js")));
        while (matcher.find()) {
            assertThat(entries.put(matcher.group(1), matcher.group(3)))
                    .as("a second text of " + matcher.group(1))
                    .isNull();
        }
        return entries;
    }

    @Test
    void shouldHaveEachTextInBothLanguages() throws IOException {
        var english = dictionary("en");
        var german = dictionary("de");

        assertThat(german.keySet()).isEqualTo(english.keySet()).hasSizeGreaterThan(300);
        english.forEach(
                (key, text) -> assertThat(parameters(german.get(key))).as(key).isEqualTo(parameters(text)));
    }

    private static Set<String> parameters(String text) {
        return PARAMETER
                .matcher(text)
                .results()
                .map(each -> each.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldHaveEachTextThatIsAskedFor() throws IOException {
        Set<String> known = dictionary("en").keySet();
        for (Path file : files(".js")) {
            assertThat(LITERAL.matcher(Files.readString(file)).results().map(each -> each.group(1)))
                    .as(file.toString())
                    .allMatch(key -> known.contains(key) || known.contains(key + ".other"));
        }
    }

    @Test
    void shouldExportOnlyWhatOthersImport() throws IOException {
        var imported = new TreeSet<String>();
        for (Path file : files(".js")) {
            IMPORT.matcher(Files.readString(file))
                    .results()
                    .flatMap(each -> Stream.of(each.group(1).split(",")))
                    .forEach(name -> imported.add(name.strip().split(" as ")[0]));
        }
        for (Path file : files(".js")) {
            assertThat(EXPORT.matcher(Files.readString(file)).results().map(each -> each.group(1)))
                    .as(file.toString())
                    .allMatch(imported::contains);
        }
    }

    @Test
    void shouldDrawOnlyIconsThatAreShown() throws IOException {
        var all = new StringBuilder();
        for (Path file : files(".js")) {
            if (!file.endsWith("icon.js")) {
                all.append(Files.readString(file));
            }
        }
        assertThat(ICON.matcher(Files.readString(page.resolve("parts/icon.js")))
                        .results()
                        .map(each -> each.group(1)))
                .isNotEmpty()
                .allMatch(name ->
                        Pattern.compile(ICON_USE.formatted(name)).matcher(all).find());
    }

    @Test
    void shouldNeitherRunTextNorSetStylesInMarkup() throws IOException {
        for (Path file : files(".js")) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML", "document.write")
                    .doesNotContainPattern("\\beval\\(|new Function\\(| style=\"|javascript:");
        }
        for (Path file : files(".html")) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContainPattern("<script(?![^>]* src=)|<style|\\son\\w+=|\\sstyle=");
        }
        for (Path file : files(".css")) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("@import", "url(");
        }
    }
}
