package dev.vorrang.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopSignalTest {

    @TempDir
    private Path parent;

    /** As the demo may be, on a busy machine. */
    @Test
    void shouldDeleteATemporaryFolderOfAProgramThatDoesNotCloseInTime() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Endless.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.getInputStream().read()).as("started").isEqualTo('s');
            assertThat(parent).isNotEmptyDirectory();

            process.destroy();

            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(parent).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that does not end when it is told to. */
    static final class Endless {

        private Endless() {}

        public static void main(String[] arguments) throws IOException {
            var stop = StopSignal.install();
            var folder = TemporaryFolder.create(Path.of(arguments[0]), "vorrang-test-");
            stop.atLast(folder::close);
            System.out.print('s');
            System.out.flush();
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    // It closes, and closes, and closes.
                }
            }
        }
    }
}
