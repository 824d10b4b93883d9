package dev.vorrang.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.settings.Login;
import dev.vorrang.app.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the pages under docs/ point to is there. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** Written by its user. */
    private static final String OWN_SETTINGS = "vorrang.yaml";

    @Test
    void shouldNameOnlyPlacesThatExistWhereSomethingIsAdded() throws IOException {
        var places = section("## Where do I add …")
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| …") && !line.startsWith("| ---"))
                .flatMap(row -> CODE.matcher(row.split("\\|")[2]).results().map(code -> code.group(1)))
                .filter(place -> !place.equals(OWN_SETTINGS))
                .toList();

        assertThat(places).hasSizeGreaterThan(10);
        assertThat(places)
                .allSatisfy(place -> assertThat(ROOT.resolve(place)).exists())
                .allSatisfy(place -> assertThat(Files.isDirectory(ROOT.resolve(place)))
                        .as(place + " is written with a slash at its end if it is a folder")
                        .isEqualTo(place.endsWith("/")));
    }

    @Test
    void shouldLinkOnlyToFilesThatExist() throws IOException {
        for (var page : pages()) {
            var links = LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.startsWith("http"));
            assertThat(links).as("links of " + page).allSatisfy(link -> assertThat(page.resolveSibling(link))
                    .exists());
        }
    }

    @Test
    void shouldShowSettingsThatRun(@TempDir Path folder) throws IOException {
        var password = Files.writeString(folder.resolve("imap-password"), "secret");
        var yaml = section("## A mailbox of your own").split("```yaml\n|```\n")[1];
        var file = Files.writeString(folder.resolve(OWN_SETTINGS), yaml.replace(": imap-password", ": " + password));

        var mailbox = Settings.load(file, Map.of()).ingest().mailboxes().get(0);

        assertThat(mailbox.host()).isEqualTo("imap.example.org");
        assertThat(mailbox.login()).isEqualTo(new Login.PasswordFile(password));
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    private static String section(String heading) throws IOException {
        var readme = Files.readString(ROOT.resolve("README.md"));
        int from = readme.indexOf(heading);
        assertThat(from).as("the README has the section " + heading).isNotNegative();
        int to = readme.indexOf("\n## ", from + 1);
        return readme.substring(from, to < 0 ? readme.length() : to);
    }
}
