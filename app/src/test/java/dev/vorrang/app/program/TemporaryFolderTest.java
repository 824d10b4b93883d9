package dev.vorrang.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

    @TempDir
    Path parent;

    @Test
    void shouldBeClosedToOthersAndGoneAtTheEnd() throws Exception {
        var folder = TemporaryFolder.create(parent, "vorrang-test-");
        Files.writeString(Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");

        folder.close();

        assertThat(parent).isEmptyDirectory();
        folder.close();
    }

    @Test
    void shouldDeleteWhatAProgramLeftThatWasKilled() throws Exception {
        var left = Files.createDirectories(parent.resolve("vorrang-test-1"));
        // A lock that nobody holds.
        Files.createFile(left.resolve(".vorrang.lock"));
        Files.writeString(Files.createDirectories(left.resolve("kafka")).resolve("log"), "x");
        var foreign = Files.createDirectories(parent.resolve("vorrang-test-of-others"));
        var file = Files.createFile(parent.resolve("vorrang-test-2.log"));

        try (var folder = TemporaryFolder.create(parent, "vorrang-test-")) {
            assertThat(left).doesNotExist();
            assertThat(foreign).exists();
            assertThat(file).exists();
            assertThat(folder.path()).exists();
        }
    }
}
