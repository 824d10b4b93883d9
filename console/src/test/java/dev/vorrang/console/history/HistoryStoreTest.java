package dev.vorrang.console.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryStoreTest {

    private static final Map<String, String> DATA = Map.of("position", "7");

    @TempDir
    private Path folder;

    @Test
    void shouldKeepBlocksTogetherWithTheirData() throws IOException {
        try (var store = HistoryStore.open(folder, "1")) {
            assertThat(store.committed()).isEmpty();
            store.put("a\0one", bytes("first"));
            store.put("a\0one", bytes("second"));
            store.put("a\0two", bytes("gone"));
            store.put("b\0one", bytes("other"));
            store.delete("a\0two");
            store.commit(DATA);
        }
        try (var store = HistoryStore.open(folder, "1")) {
            assertThat(store.committed()).isEqualTo(DATA);
            assertThat(store.get("a\0one")).contains(bytes("second"));
            assertThat(store.get("a\0two")).isEmpty();
            assertThat(store.keys("a")).containsExactly("a\0one");
            assertThat(store.keys("")).containsExactly("a\0one", "b\0one");
        }
    }

    @Test
    void shouldForgetWhatWasNotCommitted() throws IOException {
        try (var store = HistoryStore.open(folder, "1")) {
            store.put("a", bytes("kept"));
            store.commit(DATA);
            store.put("a", bytes("lost"));
            store.put("b", bytes("lost"));
        }
        try (var store = HistoryStore.open(folder, "1")) {
            assertThat(store.get("a")).contains(bytes("kept"));
            assertThat(store.get("b")).isEmpty();
        }
    }

    @Test
    void shouldBeginAnewWithAnotherFormat() throws IOException {
        filled();

        try (var store = HistoryStore.open(folder, "2")) {
            assertThat(store.committed()).isEmpty();
            assertThat(store.keys("")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments_", "_"})
    void shouldBeginAnewIfDamaged(String start) throws IOException {
        filled();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith(start))
                    .toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        try (var store = HistoryStore.open(folder, "1")) {
            assertThat(store.committed()).isEmpty();
            store.put("a", bytes("again"));
            store.commit(DATA);
            assertThat(store.get("a")).contains(bytes("again"));
        }
    }

    @Test
    void shouldRefuseAFolderThatIsInUse() throws IOException {
        try (var store = HistoryStore.open(folder, "1")) {
            assertThat(store.isOpen()).isTrue();
            assertThatThrownBy(() -> HistoryStore.open(folder, "1")).isInstanceOf(IOException.class);
        }
    }

    private void filled() throws IOException {
        try (var store = HistoryStore.open(folder, "1")) {
            store.put("a", bytes("before"));
            store.commit(DATA);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
