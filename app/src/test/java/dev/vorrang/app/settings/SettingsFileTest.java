package dev.vorrang.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.streams.StreamKits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no settings. */
class SettingsFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka: [                 | line 1, column 9: no valid YAML",
                "kafka:\\n\\tport: 1      | line 2, column 1: no valid YAML",
                "- a                      | line 1: allowed is a mapping of sections",
                "just words               | line 1: allowed is a mapping of sections",
                "a: 1\\n---\\na: 2        | no valid YAML",
                "data: a\\ndata: b        | data (vorrang.yaml line 2): stands twice, first in line 1",
                "kafka: &k {port: 1}\\nregistry: *k | anchors and aliases are not allowed",
                "? [a]\\n: b              | allowed as a key is a plain word"
            })
    void shouldRefuseWhatIsNotYaml(String text, String problem) throws IOException {
        var yaml = text.replace("\\n", "\n").replace("\\t", "\t");

        var file = Files.writeString(folder.resolve("vorrang.yaml"), yaml);
        assertThat(problems(file))
                .anySatisfy(found -> assertThat(found.replace(folder + "/", "")).contains(problem));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xff, 0x00})
    void shouldRefuseBinaryFiles(int start) throws IOException {
        var file = Files.write(folder.resolve("vorrang.yaml"), new byte[] {(byte) start, 1, 2, (byte) 0xfe});

        assertThat(problems(file)).anySatisfy(found -> assertThat(found).contains("no "));
    }

    @Test
    void shouldRefuseFilesWithNothingToRead() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.yaml"), " \n");
        var large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(2 << 20));

        assertThat(List.of(empty, large, folder.resolve("none.yaml"), folder))
                .extracting(file -> problems(file).get(0))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("the file is empty"),
                        second -> assertThat(second).startsWith("larger than 1 MiB"),
                        third -> assertThat(third).startsWith("there is no such file"),
                        fourth -> assertThat(fourth).startsWith("is a folder"));
    }

    private static List<String> problems(Path file) {
        try {
            Settings.load(StreamKits.SETTINGS, file, Map.of());
        } catch (SettingsException e) {
            return e.problems();
        }
        return List.of();
    }
}
