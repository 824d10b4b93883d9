package dev.vorrang.connectors.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;
import org.apache.kafka.connect.storage.OffsetStorageReaderImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With Connect's own store of positions, as a worker uses it. */
class SourcePartitionTest {

    @Test
    void shouldKeepItsNamesInTheOrderGiven() {
        assertThat(SourcePartition.of("folder", "/exports", "file", "a.csv").keySet())
                .containsExactly("folder", "file");
        assertThat(SourcePartition.of("file", "a.csv", "folder", "/exports").keySet())
                .containsExactly("file", "folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"source\",{\"folder\":\"/exports\",\"file\":\"a.csv\"}]",
                "[\"source\",{\"file\":\"a.csv\",\"folder\":\"/exports\"}]"
            })
    void shouldFindThePositionInWhicheverOrderItWasKept(String key) throws Exception {
        try (var converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            var store = store(key);

            var position = SourcePartition.position(
                    new OffsetStorageReaderImpl(store, "source", converter, converter),
                    SourcePartition.of("folder", "/exports", "file", "a.csv"));

            assertThat(position).isEqualTo(Map.of("bytes", 42L));
            store.stop();
        }
    }

    private static MemoryOffsetBackingStore store(String key) throws Exception {
        var store = new MemoryOffsetBackingStore() {
            @Override
            public Set<Map<String, Object>> connectorPartitions(String connector) {
                return Set.of();
            }
        };
        store.start();
        store.set(Map.of(bytes(key), bytes("{\"bytes\":42}")), (error, ignored) -> {})
                .get(1, TimeUnit.MINUTES);
        return store;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
