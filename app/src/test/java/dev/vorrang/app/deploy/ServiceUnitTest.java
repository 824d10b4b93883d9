package dev.vorrang.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vorrang.app.Main;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit for systemd is one that systemd takes, and starts what there is. */
class ServiceUnitTest {

    private static final String PROGRAM = "/opt/vorrang/vorrang";

    private final String unit = ComposeFile.text("systemd/vorrang.service");

    @Test
    void shouldStartACommandThatThereIs() {
        String[] start = unit.lines()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring("ExecStart=".length())
                .split(" ");

        assertThat(start[0]).isEqualTo(PROGRAM);
        var command = Main.commandLine().getSubcommands().get(start[1]);
        assertThat(command.getCommandSpec().findOption(start[2])).isNotNull();
        assertThat(unit).contains("RestartPreventExitStatus=2", "SuccessExitStatus=143", "ProtectSystem=strict");
    }

    @Test
    void shouldBeTakenBySystemd(@TempDir Path folder) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "systemd-analyze"))),
                "systemd-analyze is not on this machine (Debian package systemd)");
        String script = Path.of("../vorrang").toRealPath().toString();
        Path copy = Files.writeString(folder.resolve("vorrang.service"), unit.replace(PROGRAM, script));

        var process = new ProcessBuilder("systemd-analyze", "verify", "--man=no", copy.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told.lines().filter(line -> line.contains("vorrang.service")))
                .isEmpty();
    }
}
