package dev.vorrang.ingest.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What counts as JSON, by a test suite for parsers (Seriot, Parsing JSON is a Minefield, 2016). */
class JsonSyntaxTest {

    /** Valid by the letter, but which of the two values holds is anyone's guess. */
    private static final Set<String> REFUSED_ON_PURPOSE =
            Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

    @Test
    void shouldTakeWhatIsJsonAndRefuseWhatIsNot() throws IOException {
        Path folder = Corpus.require("hostile/json/JSONTestSuite/test_parsing");
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        var wrong = new ArrayList<String>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            boolean accepted = accepts(Files.readAllBytes(file));
            boolean required = name.startsWith("y_") && !REFUSED_ON_PURPOSE.contains(name);
            if (!name.startsWith("i_") && accepted != required) {
                wrong.add(name + (accepted ? " was accepted" : " was refused"));
            }
        }

        assertThat(files).hasSize(318);
        assertThat(wrong).isEmpty();
    }

    private static boolean accepts(byte[] payload) {
        try {
            JsonReadingDecoder.parse(payload);
            return true;
        } catch (BadPayloadException e) {
            return false;
        }
    }
}
