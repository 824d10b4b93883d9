package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training shows on a terminal. */
class TrainingBarTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int ROWS = 400;

    @TempDir
    private Path folder;

    @Test
    void shouldShowTheShareThatIsDoneAndTheTimeLeft() throws Exception {
        try (var training = VorrangProcess.startOnTerminal(
                folder,
                "train",
                "mail",
                "--data",
                data().toString(),
                "--text",
                "text",
                "--topic",
                "topic",
                "--epochs",
                "2",
                "--out",
                folder.resolve("model").toString())) {
            assertThat(training.exitCode(LIMIT))
                    .as(() -> String.join("\n", training.out()))
                    .isZero();
            // The columns of a bar: share, bar, rows of all, (time passed / time left).
            assertThat(training.out())
                    .anyMatch(line ->
                            line.matches("Training, 2 passes of the model +0% \\[ *\\] +0/\\d+ \\(.+ / .+\\).*"))
                    .anyMatch(
                            line -> line.matches(
                                    "Training, 2 passes of the model 100% \\[=+\\] (\\d+)/\\1 \\(\\d:\\d\\d:\\d\\d / 0:00:00\\).*"));
        }
    }

    private Path data() throws Exception {
        var csv = new StringBuilder("text,topic\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append(row % 2 == 0 ? "the printer has no toner " : "the invoice is not paid ")
                    .append(row)
                    .append(row % 2 == 0 ? ",printers\n" : ",invoices\n");
        }
        return Files.writeString(folder.resolve("mails.csv"), csv);
    }
}
