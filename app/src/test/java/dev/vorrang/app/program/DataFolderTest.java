package dev.vorrang.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.embedded.EmbeddedLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void shouldCloseToOthersWhatAnEarlierVersionLeftOpen() throws Exception {
        var data = folder.resolve("data");
        var outside = Files.writeString(folder.resolve("outside"), "x");
        Files.createDirectories(data.resolve("kafka"));
        Files.writeString(data.resolve("kafka/00000.log"), "mails");
        Files.createSymbolicLink(data.resolve("link"), outside);
        set(data, "rwxr-xr-x");
        set(data.resolve("kafka"), "rwxrwxr-x");
        set(data.resolve("kafka/00000.log"), "rw-r--rw-");
        set(outside, "rw-r--r--");

        try (var open = DataFolder.open(data, warning -> {})) {
            assertThat(of(data)).isEqualTo("rwx------");
            assertThat(of(data.resolve("kafka"))).isEqualTo("rwx------");
            assertThat(of(data.resolve("kafka/00000.log"))).isEqualTo("rw-------");
            assertThat(of(outside)).isEqualTo("rw-r--r--");
            // Whoever creates it: this says nothing of permissions.
            assertThat(of(Files.writeString(open.folder("state").resolve("later"), "mails")))
                    .isEqualTo("rw-------");
            assertThat(of(data.resolve("state"))).isEqualTo("rwx------");
        }
    }

    @Test
    void shouldBelongToOneProgramAtATime() {
        try (var first = DataFolder.open(folder, warning -> {})) {
            assertThat(first.log()).isAbsolute();
            assertThatThrownBy(() -> DataFolder.open(folder, warning -> {}))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use by another vorrang")
                    .hasMessageContaining("set data to another folder");
        }
        DataFolder.open(folder, warning -> {}).close();
    }

    @Test
    void shouldSayThatAFileSystemHasNoPermissions() throws Exception {
        var warnings = new ArrayList<String>();
        // What Linux shows of itself takes no permissions from anybody.
        PrivateFiles.close(Path.of("/proc/self/fdinfo"), warnings::add);
        assertThat(warnings).singleElement().asString().contains("/fdinfo", "file system without permissions", "proc");
    }

    @Test
    void shouldKeepOneLoginForClientsInAFileOfItsOwner() throws Exception {
        try (var data = DataFolder.open(folder, warning -> {})) {
            EmbeddedLogin login = data.clients().login();
            data.clients().write(login, Optional.of("127.0.0.1:1"), Optional.of("http://127.0.0.1:2"));
            data.clients().write(login, Optional.of("127.0.0.1:3"), Optional.of("http://127.0.0.1:4"));

            var read = new ClientFile(folder);
            assertThat(of(read.path())).isEqualTo("rw-------");
            assertThat(read.login()).isEqualTo(login);
            assertThat(read.kafkaClient())
                    .containsEntry("bootstrap.servers", "127.0.0.1:3")
                    .containsAllEntriesOf(login.kafkaClient())
                    .doesNotContainKey("schema.registry.url");
            assertThat(read.registryClient())
                    .containsEntry("schema.registry.url", "http://127.0.0.1:4")
                    .containsAllEntriesOf(login.registryClient())
                    .doesNotContainKey("bootstrap.servers");
        }
    }

    private static void set(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String of(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
