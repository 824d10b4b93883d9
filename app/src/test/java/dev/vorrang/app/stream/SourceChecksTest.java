package dev.vorrang.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.kit.Check;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.streams.StreamKits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceChecksTest {

    @TempDir
    private Path folder;

    @Test
    void shouldTryTheServerOfASource() throws IOException {
        int port;
        try (var broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = broker.getLocalPort();
            assertThat(checks(mqtt(port))).singleElement().satisfies(check -> {
                assertThat(check.what()).isEqualTo("machines");
                assertThat(check.good()).as(check.finding()).isTrue();
                assertThat(check.finding()).contains("hall-3 (mqtt)", "127.0.0.1:" + port);
            });
        }
        assertThat(checks(mqtt(port))).singleElement().satisfies(check -> {
            assertThat(check.good()).isFalse();
            assertThat(check.finding()).contains("hall-3", "127.0.0.1:" + port);
        });
    }

    private static String mqtt(int port) {
        String address = "mqtt.host: 127.0.0.1, mqtt.security: none, mqtt.port: " + port;
        return "machines: [{name: hall-3, connector: mqtt, settings: {" + address
                + ", mqtt.client.id: a, mqtt.filters: plant/#, payload.topic.template: \"plant/{machine}\"}}]";
    }

    @Test
    void shouldTryThePortThatAnOpcUaServerUsuallyHas() throws IOException {
        assertThat(checks(
                        "machines: [{name: press, connector: opcua, settings: {opcua.endpoint: \"opc.tcp://there.invalid/x\","
                                + " nodes: \"ns=2;s=a -> m/s\"}}]"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.good()).isFalse();
                    assertThat(check.finding()).contains("press (opcua): there is no host there.invalid");
                });
    }

    @Test
    void shouldFindAFolderThatIsMissing() throws IOException {
        Path orders = folder.resolve("orders");
        String files = "demand: [{name: orders, connector: files, settings: {file.folder: " + orders
                + ", payload.csv.machine: article}}]";

        assertThat(checks(files)).singleElement().satisfies(check -> {
            assertThat(check.good()).isFalse();
            assertThat(check.finding()).contains("ingest.demand orders: ", "file.folder", orders.toString());
        });
        Files.createDirectory(orders);
        assertThat(checks(files))
                .singleElement()
                .satisfies(check -> assertThat(check.good()).as(check.finding()).isTrue());
    }

    private List<Check> checks(String ingest) throws IOException {
        Path file = folder.resolve("vorrang.yaml");
        Files.writeString(file, "ingest: {" + ingest + "}\n");
        var settings = Settings.load(StreamKits.SETTINGS, file, Map.of());
        return StreamKits.ALL.stream()
                .flatMap(kit -> kit.checks(settings.ingest()).stream())
                .map(Supplier::get)
                .toList();
    }
}
