package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A support centre's tickets of many years. */
class MailCsvSizeTest {

    private static final int ROWS = 1_000_000;
    /** Of Latin letters, one byte each, in a mail of this file. */
    private static final int LETTERS = 80;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldReadAMillionRowsInLittleMoreThanTheirTexts() throws IOException {
        Path file = write();
        long before = used();
        LabelledMails data = MailCsv.read(List.of(file), Fixtures.textAndTopic(), LabelMap.none(), Optional.empty());
        long bytes = (used() - before) / ROWS;
        assertThat(data.mails()).hasSize(ROWS);
        assertThat(data.heads().get("topic")).hasSize(40);
        assertThat(data.mails().get(ROWS - 1).labels()).containsExactly((ROWS - 1) % 40);
        assertThat(data.notices()).isEmpty();
        // A string takes 40 bytes besides its letters; the rest of a row, and its label, is not to take more than 100.
        assertThat(bytes).as("bytes a row").isLessThan(LETTERS + 40 + 100);
    }

    private Path write() throws IOException {
        Path file = folder.resolve("tickets.csv");
        try (var writer = Files.newBufferedWriter(file)) {
            writer.write("id,text,agent,topic\n");
            var row = new StringBuilder();
            for (int i = 0; i < ROWS; i++) {
                row.setLength(0);
                row.append("T-").append(i).append(",\"Hello, my order ").append(i);
                row.append(" has not come, please look where it is and call me back\",nobody,topic ");
                row.append((char) ('0' + i % 40 / 10)).append(i % 10).append('\n');
                writer.append(row);
            }
        }
        return file;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
