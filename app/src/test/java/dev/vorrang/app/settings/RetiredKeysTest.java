package dev.vorrang.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vorrang.app.streams.StreamKits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of earlier versions are refused with names that exist. */
class RetiredKeysTest {

    @TempDir
    Path folder;

    static List<String> paths() {
        return RetiredKeys.paths();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void shouldGiveEveryOldKeyANewNameThatExists(String path) {
        var known = Settings.keys(StreamKits.SETTINGS).stream()
                .flatMap(key -> sections(key.path().replaceAll("\\[]", "")))
                .toList();

        var now = RetiredKeys.now(path).orElseThrow();

        assertThat(now.split(" and "))
                .allSatisfy(each -> assertThat(each.replaceAll("\\[\\d*]", "")).isIn(known));
        assertThat(known).as("it is no key of today").doesNotContain(path);
        assertThat(RetiredKeys.nowVariable(Key.variable(path))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scoring: {linger: 5ms}                    | scoring.linger (vorrang.yaml line 2): was renamed; it is now streams.mail.linger",
                "scoring: {threads: 2}                     | it is now streams.mail.threads and streams.machine.threads",
                "scoring: {mode: external}                 | it is now streams.mail.enabled and streams.machine.enabled",
                "scoring: {streams: [mail]}                | it is now streams.mail.enabled and streams.machine.enabled",
                "scoring: {model: models/x/1}              | it is now streams.mail.models[0].folder",
                "machine: {models: [{folder: models/x/1}]} | machine.models[0].folder (vorrang.yaml line 2): was renamed; it is now streams.machine.models.folder",
                "machine: {alerts: {raise: 3}}             | it is now streams.machine.alerts.raise",
                "machine: {most-sensors: 3}                | it is now streams.machine.max-sensors",
                "priority: {topics: {outage: 1}}           | it is now streams.mail.priority.topics.outage",
                "routes: []                                | routes (vorrang.yaml line 2): was renamed; it is now streams.mail.routes",
                "fallback-queue: x                         | it is now streams.mail.fallback-queue"
            })
    void shouldRefuseAnOldKeyWithItsNewName(String yaml, String problem) throws IOException {
        assertThat(problems(yaml, Map.of())).singleElement().satisfies(found -> assertThat(found)
                .contains(problem));
    }

    @Test
    void shouldRefuseAnOldKeyOfAMailbox() throws IOException {
        var file = Files.writeString(
                folder.resolve("vorrang.yaml"),
                "ingest: {mailboxes: [{name: a, host: h, user: u, password: p, sweep: 1m}]}");

        assertThat(catchThrowableOfType(
                                SettingsException.class, () -> Settings.load(StreamKits.SETTINGS, file, Map.of()))
                        .problems())
                .singleElement()
                .satisfies(found -> assertThat(found).contains("it is now ingest.mailboxes[].poll-interval"));
    }

    @Test
    void shouldRefuseAnOldVariableWithItsNewName() throws IOException {
        assertThat(problems(
                        "",
                        Map.of("VORRANG_SCORING_GUARANTEE", "at_least_once", "VORRANG_PRIORITY_TOPICS_OUTAGE", "1")))
                .containsExactly(
                        "variable VORRANG_PRIORITY_TOPICS_OUTAGE: was renamed; it is now"
                                + " VORRANG_STREAMS_MAIL_PRIORITY_TOPICS_OUTAGE",
                        "variable VORRANG_SCORING_GUARANTEE: was renamed; it is now VORRANG_STREAMS_MAIL_GUARANTEE and"
                                + " VORRANG_STREAMS_MACHINE_GUARANTEE");
        assertThat(problems("", Map.of("VORRANG_SCORING_SERVICE_HOST", "10.0.0.1", "VORRANG_SCORING_LINGER", "")))
                .as("variables that a platform makes, and empty ones")
                .isEmpty();
    }

    private List<String> problems(String yaml, Map<String, String> environment) throws IOException {
        var file = Files.writeString(folder.resolve("vorrang.yaml"), "ingest: {mode: external}\n" + yaml + "\n");
        var thrown = catchThrowableOfType(
                SettingsException.class, () -> Settings.load(StreamKits.SETTINGS, file, environment));
        return thrown == null
                ? List.of()
                : thrown.problems().stream()
                        .map(problem -> problem.replace(folder + "/", ""))
                        .toList();
    }

    /** A path and those of the sections that it is in. */
    private static Stream<String> sections(String path) {
        return Stream.iterate(path, each -> each.contains("."), each -> each.substring(0, each.lastIndexOf('.')))
                .map(each -> each.replace(".*", ""));
    }
}
