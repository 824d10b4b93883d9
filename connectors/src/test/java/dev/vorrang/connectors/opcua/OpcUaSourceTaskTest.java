package dev.vorrang.connectors.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vorrang.connectors.imap.CuttingProxy;
import dev.vorrang.connectors.reading.RecordSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Milo's server, in this process. */
class OpcUaSourceTaskTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String TEMPERATURE = "nsu=urn:test:plant:nodes;s=press-1.temperature -> press-1/temperature";
    private static final String COUNT = "nsu=urn:test:plant:nodes;s=press-1.count -> press-1/count";

    @TempDir
    Path folder;

    private int port;
    private PlantServer server;

    @BeforeEach
    void start() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = PlantServer.start(port);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private OpcUaTaskRun run(String... more) {
        return run(port, more);
    }

    private OpcUaTaskRun run(int at, String... more) {
        return new OpcUaTaskRun(OpcUaTaskRun.config(at, folder, more));
    }

    @Test
    void shouldMakeOneReadingOfValuesOfOneTime() throws Exception {
        try (var run = run(OpcUaSettings.NODES, TEMPERATURE + "," + COUNT)) {
            run.await(readings -> !readings.isEmpty());
            var first = run.readings().get(0);
            assertThat(first.getString("machine")).isEqualTo("press-1");
            assertThat(first.getMap("values")).isEqualTo(Map.of("temperature", 20.0, "count", 7.0));
            assertThat(first.getMap("units")).isEqualTo(Map.of("temperature", "°C"));
            assertThat(first.getMap("quality")).isEmpty();
            assertThat(first.getArray("flags")).isEmpty();
            assertThat(first.get("time")).isEqualTo(java.util.Date.from(PlantNamespace.START));

            server.plant().set("press-1.temperature", 21.5, 1);
            run.await(readings -> run.values("temperature").contains(21.5));
            assertThat(run.values("temperature")).containsExactly(20.0, 21.5);
        }
    }

    @Test
    void shouldBrowseAndRefuseOnceWhatIsNoNumber() throws Exception {
        try (var run = run(OpcUaSettings.BROWSE_TEMPLATE, "Line/{machine}/{sensor}")) {
            run.await(readings -> readings.size() >= 2 && run.letters().size() >= 4);
            assertThat(run.readings())
                    .extracting(reading -> reading.getString("machine"))
                    .containsExactlyInAnyOrder("press-1", "press-2");
            assertThat(run.readings()).allSatisfy(reading -> assertThat(reading.getMap("values"))
                    .isEqualTo(Map.of("temperature", 20.0, "count", 7.0, "running", 1.0, "level", 200.0)));
            server.plant().set("press-1.program", "A-18", 1);
            server.plant().set("press-1.temperature", 30.0, 1);
            run.await(readings -> run.values("temperature").contains(30.0));
            assertThat(run.letters())
                    .hasSize(4)
                    .allSatisfy(letter -> assertThat(letter.getString("cause")).isEqualTo("UnsupportedType"))
                    .anySatisfy(letter -> assertThat(letter.getString("message"))
                            .contains("press-1.program", "String", "numbers and Boolean"));
        }
    }

    @Test
    void shouldTellQualityByName() throws Exception {
        try (var run = run(OpcUaSettings.NODES, TEMPERATURE)) {
            run.await(readings -> readings.size() == 1);
            var time = PlantNamespace.START.plusSeconds(1);
            server.plant().set("press-1.temperature", 99.0, new StatusCode(StatusCodes.Bad_SensorFailure), time);
            server.plant()
                    .set(
                            "press-1.temperature",
                            21.0,
                            new StatusCode(StatusCodes.Uncertain_LastUsableValue),
                            time.plusSeconds(1));
            server.plant().set("press-1.temperature", Double.NaN, 3);
            run.await(readings -> readings.size() == 4);

            assertThat(run.values("temperature")).containsExactly(20.0, null, 21.0, null);
            assertThat(run.readings())
                    .extracting(reading -> reading.getMap("quality").get("temperature"))
                    .containsExactly(null, "BAD", "UNCERTAIN", "BAD");
            assertThat(run.flags())
                    .containsExactly(
                            List.of(),
                            List.of("Bad_SensorFailure:temperature"),
                            List.of("Uncertain_LastUsableValue:temperature"),
                            List.of("not_finite:temperature"));
        }
    }

    @Test
    void shouldReportAnOverflowAsAGap() throws Exception {
        try (var run = run(
                OpcUaSettings.NODES, TEMPERATURE, OpcUaSettings.QUEUE_SIZE, "2", OpcUaSettings.PUBLISHING_MS, "2000")) {
            run.await(readings -> readings.size() == 1);
            for (int second = 1; second <= 6; second++) {
                server.plant().set("press-1.temperature", 20.0 + second, second);
            }
            run.await(readings -> run.values("temperature").contains(26.0));
            assertThat(run.values("temperature")).contains(26.0).doesNotContain(22.0, 23.0);
            assertThat(run.flags()).anySatisfy(flags -> assertThat(flags).contains("overflow", "gap"));
        }
    }

    @Test
    void shouldNameTheCertificateThatIsNotTrustedAndReadWhenItIs() throws Exception {
        String[] secure = {OpcUaSettings.NODES, TEMPERATURE, OpcUaSettings.POLICY, "Basic256Sha256"};
        try (var run = run(secure)) {
            assertThatThrownBy(() -> run.await(readings -> !readings.isEmpty()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("CN=Plant")
                    .hasMessageContaining(OpcUaSettings.CERTIFICATES)
                    .hasMessageContaining("is not trusted")
                    .hasMessageMatching("(?s).*([0-9A-F]{2}:){31}[0-9A-F]{2}.*");
        }
        assertThat(folder.resolve("own/client.p12")).exists();
        byte[] own = Files.readAllBytes(folder.resolve("own/client.der"));
        try (var rejected = Files.list(folder.resolve("rejected"))) {
            Path file = rejected.findFirst().orElseThrow();
            Files.move(file, folder.resolve("trusted/certs").resolve(file.getFileName()));
        }
        try (var run = run(secure)) {
            run.await(readings -> !readings.isEmpty());
            assertThat(run.values("temperature")).containsExactly(20.0);
        }
        assertThat(Files.readAllBytes(folder.resolve("own/client.der"))).isEqualTo(own);
    }

    @Test
    void shouldSayWhichPoliciesTheServerOffers() throws Exception {
        try (var run = run(OpcUaSettings.NODES, TEMPERATURE, OpcUaSettings.POLICY, "Aes256_Sha256_RsaPss")) {
            assertThatThrownBy(() -> run.await(readings -> !readings.isEmpty()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Aes256_Sha256_RsaPss")
                    .hasMessageContaining("Basic256Sha256/SignAndEncrypt")
                    .hasMessageContaining(OpcUaSettings.POLICY);
        }
    }

    @Test
    void shouldLogInByNameAndSayThatAPasswordIsWrong() throws Exception {
        try (var run = run(
                OpcUaSettings.NODES,
                TEMPERATURE,
                OpcUaSettings.LOGIN.user(),
                "anna",
                OpcUaSettings.LOGIN.password(),
                "secret")) {
            run.await(readings -> !readings.isEmpty());
        }
        try (var run = run(
                OpcUaSettings.NODES,
                TEMPERATURE,
                OpcUaSettings.LOGIN.user(),
                "anna",
                OpcUaSettings.LOGIN.password(),
                "pa55word")) {
            assertThatThrownBy(() -> run.await(readings -> !readings.isEmpty()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("refuses the user 'anna' or the password")
                    .hasMessageContaining(OpcUaSettings.LOGIN.password())
                    .hasMessageNotContaining("pa55word");
        }
    }

    @Test
    void shouldNameUnknownNodesAndReadTheOthers() throws Exception {
        var unknown = "nsu=urn:test:plant:nodes;s=press-9.x -> press-9/x, nsu=urn:nowhere;s=y -> press-9/y";
        try (var run = run(OpcUaSettings.NODES, TEMPERATURE + "," + unknown)) {
            run.await(readings -> !readings.isEmpty() && run.letters().size() >= 2);
            assertThat(run.letters())
                    .extracting(letter -> letter.getString("message"))
                    .satisfiesExactlyInAnyOrder(
                            message -> assertThat(message).contains("press-9.x", "Bad_NodeIdUnknown"),
                            message -> assertThat(message).contains("nsu=urn:nowhere;s=y", "Bad_NodeId"));
        }
        try (var run = run(OpcUaSettings.NODES, unknown)) {
            assertThatThrownBy(() -> run.await(readings -> !readings.isEmpty()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Bad_NodeId")
                    .hasMessageContaining(OpcUaSettings.NODES);
        }
    }

    @Test
    void shouldReadNodesThatAppearAfterConnecting() throws Exception {
        String[] often = {OpcUaSettings.BROWSE_INTERVAL_MS, "1000"};
        var later = "nsu=urn:test:plant:nodes;s=press-3.temperature -> press-3/temperature";
        try (var listed = run(OpcUaSettings.NODES, TEMPERATURE + "," + later, often[0], often[1]);
                var browsed = run(OpcUaSettings.BROWSE_TEMPLATE, "Line/{machine}/{sensor}", often[0], often[1])) {
            listed.await(readings -> !readings.isEmpty() && !listed.letters().isEmpty());
            browsed.await(readings -> readings.size() >= 2);

            server.plant().addPress("press-3");
            for (var run : List.of(listed, browsed)) {
                run.await(readings -> readings.stream()
                        .anyMatch(reading -> reading.getString("machine").equals("press-3")));
            }
            server.plant().set("press-3.temperature", 31.0, 1);
            for (var run : List.of(listed, browsed)) {
                run.await(readings -> run.values("temperature").contains(31.0));
                assertThat(run.flags()).containsOnly(List.of());
            }
            assertThat(listed.letters()).hasSize(1);
            assertThat(browsed.readings()).hasSize(4);
        }
    }

    @Test
    void shouldTakeTheTimeOfTheServerWhereTheSourceHasNone() throws Exception {
        try (var run = run(OpcUaSettings.NODES, TEMPERATURE)) {
            run.await(readings -> readings.size() == 1);
            var none = new DateTime[] {
                null,
                DateTime.NULL_VALUE,
                new DateTime(Instant.EPOCH),
                new DateTime(Instant.parse("1999-12-31T23:59:59Z"))
            };
            for (int i = 0; i < none.length; i++) {
                server.plant().set("press-1.temperature", 21.0 + i, none[i], PlantNamespace.START.plusSeconds(10 + i));
            }
            run.await(readings -> readings.size() == 5);

            assertThat(run.readings().subList(1, 5))
                    .extracting(reading -> ((java.util.Date) reading.get("time")).toInstant())
                    .containsExactly(
                            PlantNamespace.START.plusSeconds(10),
                            PlantNamespace.START.plusSeconds(11),
                            PlantNamespace.START.plusSeconds(12),
                            PlantNamespace.START.plusSeconds(13));
            assertThat(run.flags()).containsOnly(List.of());
        }
    }

    @Test
    void shouldGoOnWithAGapAfterTheServerWasStartedAnew() throws Exception {
        try (var run = run(OpcUaSettings.NODES, TEMPERATURE)) {
            run.await(readings -> readings.size() == 1);
            server.close();
            server = PlantServer.start(port);
            await().atMost(LIMIT).until(() -> server.plant().isSubscribed("press-1.temperature"));
            server.plant().set("press-1.temperature", 33.0, 60);
            run.await(readings -> run.values("temperature").contains(33.0));
            assertThat(run.values("temperature")).containsExactly(20.0, 33.0);
            assertThat(run.flags()).containsExactly(List.of(), List.of("gap"));
        }
    }

    @Test
    void shouldLoseNothingWhenTheConnectionIsCut() throws Exception {
        try (var proxy = new CuttingProxy(port);
                var run = run(proxy.port(), OpcUaSettings.NODES, TEMPERATURE)) {
            run.await(readings -> readings.size() == 1);
            proxy.cutAfter(0);
            server.plant().set("press-1.temperature", 21.0, 1);
            await().atMost(LIMIT).until(() -> proxy.cuts() > 0);
            server.plant().set("press-1.temperature", 22.0, 2);
            proxy.cutAfter(Long.MAX_VALUE);
            server.plant().set("press-1.temperature", 23.0, 3);
            run.await(readings -> run.values("temperature").contains(23.0));
            assertThat(run.values("temperature")).containsExactly(20.0, 21.0, 22.0, 23.0);
            assertThat(run.flags()).containsOnly(List.of());
        }
    }

    @Test
    void shouldLoseNothingOfAStreamThatIsCutAgainAndAgain() throws Exception {
        var sent = new ArrayList<Object>(List.of(20.0));
        try (var proxy = new CuttingProxy(port);
                var run = run(proxy.port(), OpcUaSettings.NODES, TEMPERATURE, OpcUaSettings.QUEUE_SIZE, "10000")) {
            run.await(readings -> readings.size() == 1);
            proxy.cutAfter(50_000);
            run.await(readings -> {
                boolean cut = proxy.cuts() >= 3;
                if (cut) {
                    proxy.cutAfter(Long.MAX_VALUE);
                }
                // As many as it takes to be cut, but never more ahead than the server's queue holds.
                for (int more = 0; !cut && more < 50 && sent.size() - readings.size() < 5_000; more++) {
                    server.plant().set("press-1.temperature", 1_000.0 + sent.size(), sent.size());
                    sent.add(1_000.0 + sent.size());
                }
                return cut && readings.size() >= sent.size();
            });
            assertThat(run.values("temperature")).isEqualTo(sent);
            assertThat(run.flags()).containsOnly(List.of());
        }
    }

    @Test
    void shouldReadOnAfterTheConnectionHungInSilence() throws Exception {
        try (var proxy = new CuttingProxy(port);
                var run = run(proxy.port(), OpcUaSettings.NODES, TEMPERATURE, OpcUaSettings.TIMEOUT_MS, "1000")) {
            run.await(readings -> readings.size() == 1);
            proxy.silence();
            server.plant().set("press-1.temperature", 21.0, 1);
            run.await(readings -> run.values("temperature").contains(21.0));
            server.plant().set("press-1.temperature", 22.0, 2);
            run.await(readings -> run.values("temperature").contains(22.0));
            assertThat(proxy.connections()).isGreaterThan(1);
            assertThat(run.values("temperature")).containsExactly(20.0, 21.0, 22.0);
        }
    }

    @Test
    void shouldHoldBackWithoutLossInSilenceWhileConnectTakesNothing() throws Exception {
        try (var run = run(
                OpcUaSettings.NODES,
                TEMPERATURE,
                OpcUaSettings.BUFFER_READINGS,
                "2",
                RecordSettings.BATCH_SIZE,
                "1",
                OpcUaSettings.QUEUE_SIZE,
                "5")) {
            run.await(readings -> readings.size() == 1);
            for (int second = 1; second <= 200; second++) {
                server.plant().set("press-1.temperature", 20.0 + second, second);
            }
            run.await(readings -> run.values("temperature").contains(220.0));
            assertThat(run.values("temperature")).hasSizeLessThan(201);
            assertThat(run.flags()).anySatisfy(flags -> assertThat(flags).contains("overflow", "gap"));
        }
    }

    @Test
    void shouldFlagAGapAfterARestartOfTheTask() throws Exception {
        try (var first = run(OpcUaSettings.NODES, TEMPERATURE)) {
            first.await(readings -> readings.size() == 1);
            try (var second = new OpcUaTaskRun(
                    OpcUaTaskRun.config(port, folder, OpcUaSettings.NODES, TEMPERATURE), first.committed())) {
                second.await(readings -> readings.size() == 1);
                assertThat(second.flags()).containsExactly(List.of("gap"));
                assertThat(second.readings().get(0).getString("id"))
                        .isEqualTo(first.readings().get(0).getString("id"));
            }
        }
    }
}
