package dev.vorrang.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.streams.mail.MailStreamSettings;
import dev.vorrang.app.streams.mail.source.MailboxSettings;
import dev.vorrang.scoring.mail.PrioritySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExampleSettingsTest {

    private static final Path EXAMPLE = Path.of("../vorrang.example.yaml");
    private static final Map<String, String> PASSWORD =
            Map.of("VORRANG_INGEST_MAILBOXES_0__PASSWORD", "Kiefernzapfen-17");

    @Test
    void shouldLoadAsItIs() {
        var settings = Settings.load(StreamKits.SETTINGS, EXAMPLE, PASSWORD);

        assertThat(settings.ingest().of(MailboxSettings.SECTION))
                .singleElement()
                .satisfies(mailbox -> assertThat(mailbox.host()).isEqualTo("imap.example.org"));
        assertThat(settings.of(MailStreamSettings.SECTION).routes().names())
                .containsExactly("archive", "support-billing", "urgent", "billing", "unsorted");
    }

    @Test
    void shouldShowTheDefaultWeights() {
        var weights = Settings.load(StreamKits.SETTINGS, EXAMPLE, PASSWORD)
                .of(MailStreamSettings.SECTION)
                .priority();
        var defaults = PrioritySettings.defaults();

        assertThat(weights.withVipSenders(defaults.vipSenders()).withRules(defaults.rules()))
                .isEqualTo(defaults);
        assertThat(allKeys().values().keySet())
                .containsAll(defaults.topics().keySet().stream()
                        .map(topic -> "streams.mail.priority.topics." + topic)
                        .toList());
    }

    @Test
    void shouldShowTheDefaultsOfAllKeysThatHaveOne() {
        var file = allKeys();
        // Safer to try with than the default, which reads years of mail.
        var different = Set.of(
                "ingest.mailboxes[].start", "streams.mail.routes[].continue", "streams.machine.routes[].continue");

        for (var key : Settings.keys(StreamKits.SETTINGS)) {
            var shown = file.values().get(key.at(0, 0));
            if (shown != null && key.fallback().isPresent() && !different.contains(key.path())) {
                assertThat(shown.text())
                        .as(key.path())
                        .isEqualTo(key.fallback().get().replaceAll("\\.0$", ""));
            }
        }
    }

    @Test
    void shouldHaveEveryKeyAndNoOther() {
        var file = allKeys();

        assertThat(Settings.keys(StreamKits.SETTINGS))
                .allSatisfy(
                        key -> assertThat(file.values().keySet()).as(key.path()).anyMatch(key::matches));
        assertThat(new UnknownKeys(Settings.keys(StreamKits.SETTINGS)).in(file)).isEmpty();
        assertThat(file.problems()).isEmpty();
    }

    /** With the settings that are commented out, which start with a hash and no space. */
    private static SettingsFile allKeys() {
        try {
            var text = Files.readString(EXAMPLE).replaceAll("(?m)^(\\s*)#(?! )", "$1");
            return SettingsFile.parse("vorrang.example.yaml", text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
