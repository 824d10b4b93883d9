package dev.vorrang.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

    @TempDir
    Path folder;

    @Test
    void shouldNameFolderRoomAndWayOut() {
        var disk = new DiskSpace("scoring.state", folder);

        assertThat(disk.problem(Long.MAX_VALUE).orElseThrow())
                .contains("the disk of scoring.state, '" + folder, "is full: ", " MiB are left", "Free some space")
                .contains("set scoring.state to it");
        assertThat(disk.problem(0)).isEmpty();
    }

    @Test
    void shouldSayThatADiskIsGone() {
        assertThat(new DiskSpace("data", folder.resolve("none")).problem(0).orElseThrow())
                .contains("the disk of data, '" + folder.resolve("none"), "cannot be read");
    }
}
