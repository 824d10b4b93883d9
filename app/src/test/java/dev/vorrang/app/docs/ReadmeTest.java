package dev.vorrang.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.vorrang.app.Main;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.streams.mail.source.Login;
import dev.vorrang.app.streams.mail.source.MailboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that the README and the other pages of the repository point to exists. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern BLOCK = Pattern.compile("(?s)```[a-z]*\\n(.*?)```");
    private static final Pattern ARGUMENT = Pattern.compile("\"[^\"]*\"|[^\\s\"]+");
    /** Written by its user. */
    private static final String OWN_SETTINGS = "vorrang.yaml";

    @Test
    void shouldNameOnlyPlacesThatExistWhereSomethingIsAdded() throws IOException {
        var places = section("CONTRIBUTING.md", "## Where to add what")
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what") && !line.startsWith("| ---"))
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
    void shouldLinkOnlyToFilesAndHeadingsThatExist() throws IOException {
        for (var page : pages()) {
            var links = LINK.matcher(Files.readString(page)).results().toList();
            for (var link : links) {
                if (link.group(1).startsWith("http")) {
                    continue;
                }
                var target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                assertThat(target).as("link of " + page).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(target)).as("headings of " + target).contains(link.group(2));
                }
            }
        }
    }

    @Test
    void shouldShowSettingsThatRun(@TempDir Path folder) throws IOException {
        var password = Files.writeString(folder.resolve("imap-password"), "secret");
        var yaml = section("README.md", "## A mailbox of your own").split("```yaml\n|```\n")[1];
        var file = Files.writeString(folder.resolve(OWN_SETTINGS), yaml.replace(": imap-password", ": " + password));

        var mailbox = Settings.load(StreamKits.SETTINGS, file, Map.of())
                .ingest()
                .of(MailboxSettings.SECTION)
                .get(0);

        assertThat(mailbox.host()).isEqualTo("imap.example.org");
        assertThat(mailbox.login()).isEqualTo(new Login.PasswordFile(password));
    }

    @Test
    void shouldShowCommandsThatTheProgramTakes() throws IOException {
        var commands = new ArrayList<String>();
        for (var page : pages()) {
            BLOCK.matcher(Files.readString(page))
                    .results()
                    .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
                    .filter(line -> line.startsWith("./vorrang ") && !line.contains("$"))
                    .forEach(commands::add);
        }

        assertThat(commands).hasSizeGreaterThan(50);
        assertThat(commands)
                .allSatisfy(command -> assertThatCode(() -> Main.commandLine().parseArgs(arguments(command)))
                        .doesNotThrowAnyException());
    }

    /** What follows the program's name, as a shell would part it. */
    private static String[] arguments(String command) {
        return ARGUMENT.matcher(command.replaceFirst("^\\S+", "").replaceFirst("\\s#.*", ""))
                .results()
                .map(argument -> argument.group().replace("\"", ""))
                .toArray(String[]::new);
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        for (var folder : List.of(".", "docs", "benchmarks", "training", "training/corpus", "models")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder).normalize())) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    /** As Markdown viewers make them of headings: in lower case, with hyphens for blanks, without other punctuation. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String section(String page, String heading) throws IOException {
        var text = Files.readString(ROOT.resolve(page));
        int from = text.indexOf(heading);
        assertThat(from).as(page + " has the section " + heading).isNotNegative();
        int to = text.indexOf("\n## ", from + 1);
        return text.substring(from, to < 0 ? text.length() : to);
    }
}
