package dev.vorrang.app.streams.mail.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.training.mail.AdapterCard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base is fetched once, and only the right one. */
class BaseFileTest {

    private static final String PATH = "org/example/base/1/base-1.jar";

    @TempDir
    private Path folder;

    private final byte[] content = new byte[300_000];
    private final List<String> notes = new ArrayList<>();
    private AdapterCard.Base base;
    private FileServer server;
    private BaseFile files;
    private long fetched;

    private final BaseFile.Progress progress = new BaseFile.Progress() {
        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }

        @Override
        public void fetched(long bytes, long all) {
            assertThat(all).isEqualTo(content.length);
            fetched = bytes;
        }
    };

    @BeforeEach
    void startServer() throws IOException {
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("content"), content);
        base = new AdapterCard.Base(PATH, content.length, ModelCards.sha256(file), "Apache-2.0");
        server = new FileServer(PATH, content);
        files = new BaseFile(folder.resolve("cache"), folder.resolve("maven"), server.root());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void shouldFetchOnceAndThenDoWithoutTheServer() {
        assertThat(files.get(base, progress)).hasBinaryContent(content);
        assertThat(fetched).isEqualTo(content.length);
        server.close();
        assertThat(files.get(base, progress)).isEqualTo(folder.resolve("cache/base-1.jar"));
        assertThat(notes).last().asString().contains("cache", "base-1.jar");
        assertThat(folder.resolve("cache")).isDirectoryContaining(file -> file.endsWith("base-1.jar"));
    }

    @Test
    void shouldGoOnWhereTheConnectionBroke() {
        server.breakOff(2, 100_000);
        assertThat(files.get(base, progress)).hasBinaryContent(content);
        assertThat(server.ranges()).hasSize(3).first().isEqualTo("");
        assertThat(server.ranges().subList(1, 3)).allMatch(range -> range.startsWith("bytes="));
    }

    @Test
    void shouldGoOnWhereAnEarlierCallEnded() throws IOException {
        Path part = folder.resolve("cache/base-1.jar.part");
        Files.createDirectories(part.getParent());
        Files.write(part, Arrays.copyOf(content, 120_000));
        assertThat(files.get(base, progress)).hasBinaryContent(content);
        assertThat(server.ranges()).containsExactly("bytes=120000-");
        assertThat(part).doesNotExist();
    }

    @Test
    void shouldBeginAnewAtAServerThatKnowsNoRanges() throws IOException {
        Path part = folder.resolve("cache/base-1.jar.part");
        Files.createDirectories(part.getParent());
        Files.write(part, new byte[120_000]);
        server.forgetRanges();
        assertThat(files.get(base, progress)).hasBinaryContent(content);
    }

    @Test
    void shouldKeepWhatCameBeforeTheServerGaveUp() {
        server.breakOff(1, 100_000);
        server.ranges().clear();
        assertThatThrownBy(() -> new BaseFile(
                                folder.resolve("cache"), folder.resolve("maven"), URI.create(server.root() + "/none"))
                        .get(base, progress))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("none/" + PATH)
                .hasMessageContaining("404")
                .hasMessageContaining("--mirror");
        assertThat(server.ranges()).hasSize(1);
    }

    @Test
    void shouldTryAgainWhenTheServerIsOutOfOrderAndSaySoInTheEnd() {
        server.answerWith(503);
        assertThatThrownBy(() -> files.get(base, progress))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(PATH)
                .hasMessageContaining("503");
        assertThat(server.ranges()).hasSize(3);
    }

    @Test
    void shouldRefuseAndDeleteAnotherFile() {
        var other = new AdapterCard.Base(PATH, content.length, "0".repeat(64), "Apache-2.0");
        assertThatThrownBy(() -> files.get(other, progress))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("SHA-256 " + base.sha256())
                .hasMessageContaining("expected 300000 bytes, SHA-256 000");
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void shouldNameAddressAndCauseWithoutANetwork() {
        URI nowhere = server.root();
        server.close();
        assertThatThrownBy(() ->
                        new BaseFile(folder.resolve("cache"), folder.resolve("maven"), nowhere).get(base, progress))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(nowhere + "/" + PATH)
                .hasMessageContaining("nothing answers there");
    }

    @Test
    void shouldTakeWhatMavenHasFetched() throws IOException {
        Path known = folder.resolve("maven").resolve(PATH);
        Files.createDirectories(known.getParent());
        Files.write(known, content);
        assertThat(files.get(base, progress)).isEqualTo(known);
        assertThat(server.ranges()).isEmpty();
    }

    @Test
    void shouldLeaveAsideWhatMavenHasIfItIsDamaged() throws IOException {
        Path known = folder.resolve("maven").resolve(PATH);
        Files.createDirectories(known.getParent());
        Files.write(known, new byte[content.length]);
        assertThat(files.get(base, progress)).isEqualTo(folder.resolve("cache/base-1.jar"));
        assertThat(notes).anyMatch(note -> note.contains("left aside"));
    }

    @Test
    void shouldFindTheCachesOfTheUser() {
        URI repository = server.root();
        Path home = Path.of("/home/anna");
        assertThat(BaseFile.ofUser(Map.of(), home, repository))
                .isEqualTo(new BaseFile(home.resolve(".cache/vorrang"), home.resolve(".m2/repository"), repository));
        assertThat(BaseFile.ofUser(Map.of("XDG_CACHE_HOME", "/var/cache/anna"), home, repository)
                        .cache())
                .isEqualTo(Path.of("/var/cache/anna/vorrang"));
    }
}
