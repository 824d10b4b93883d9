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

/** What a user is told before anything is measured. */
class BenchCommandTest {

    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--records=5|--records 5: allowed is a whole number from 2000 to 10000000",
                "--rounds=0|--rounds 0: allowed is a whole number from 1 to 100",
                "--threads=0|--threads 0: allowed is a whole number from 1 to 128",
                "--batch=0|--batch 0: allowed is a whole number from 1 to 65536",
                "--seconds=0|--seconds 0: allowed is a whole number from 1 to 3600",
                "--model-delay=-1|--model-delay -1.0: allowed is 0 to 10000",
                "--model-delay=NaN|--model-delay NaN: allowed is 0 to 10000",
                "--instances=5|--instances 5: allowed is a whole number from 1 to 4",
                "--against=fame|--against fame: allowed is record-at-a-time, loop or nothing",
                "--guarantee=none|'none': allowed is exactly-once or at-least-once",
                "--json=/absent/figures.json|--json /absent/figures.json: must be a file in a folder that exists",
                "--report=/absent/page|--report /absent/page: must be a folder, or a new one in a folder that exists"
            })
    void shouldNameOptionAndValueAndWhatIsAllowed(String option, String message) {
        assertThat(bench("mail", option)).isEqualTo(2);
        assertThat(bench("machine", option)).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }

    @Test
    void shouldNotMeasureInstancesWithAModelThatTheyDoNotHave() {
        assertThat(bench("mail", "--instances=2", "--model-delay=5")).isEqualTo(2);
        assertThat(errors.toString()).contains("--model-delay with --instances");
    }

    @Test
    void shouldNameTheStreamsThatItKnows() {
        assertThat(bench("weather")).isEqualTo(2);
        assertThat(errors.toString()).contains("'weather'", "allowed is mail, machine, demand");
    }

    @Test
    void shouldSayWhyAModelIsRefused(@TempDir Path folder) {
        assertThat(bench("mail", "--model=" + folder)).isEqualTo(1);
        assertThat(errors.toString())
                .contains("model at " + folder + " has no card")
                .doesNotContain("log");
    }

    private int bench(String... arguments) {
        var command = new String[arguments.length + 1];
        command[0] = "bench";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Main.commandLine().setErr(new PrintWriter(errors)).execute(command);
    }
}
