package dev.vorrang.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashTestCommandTest {

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--records, 99, 100 to 100000000",
        "--instances, 0, 1 to 16",
        "--kills, -1, 0 to 100000",
        "--linger, 10001, 0 to 10000"
    })
    void shouldNameWhatIsAllowed(String option, String value, String allowed) {
        assertThat(run(option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " " + value + ": allowed is a number from " + allowed);
    }

    @Test
    void shouldNotWriteIntoAFolderThatIsThere(@TempDir Path folder) {
        assertThat(run("--keep", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--keep " + folder);
    }

    private int run(String option, String value) {
        return Main.commandLine().setErr(new PrintWriter(err, true)).execute("crashtest", option, value);
    }
}
