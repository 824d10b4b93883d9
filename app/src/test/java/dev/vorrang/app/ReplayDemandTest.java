package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.app.streams.demand.source.DemandSources;
import dev.vorrang.app.worker.ConnectWorker;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.embedded.EmbeddedRegistry;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vorrang replay demand} beside a broker that runs. */
class ReplayDemandTest {

    private static final Topics REPLAYED = new Topics("");
    private static final Topics CONNECTED = new Topics("connected.");
    private static final String ORDERS = """
            line,ordered at,article,shop,pieces,promotion
            1,2024-03-01 08:00,relay,North,3,1
            2,2024-03-01 09:30,fuse,South,-1,0
            3,yesterday,fuse,South,4,0
            4,2024-03-02 00:10,relay,North,2.5,
            5,2024-03-03 00:00,relay,North,,1
            """;

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private EmbeddedKafka broker;
    private EmbeddedRegistry registry;

    @BeforeEach
    void startServers() throws Exception {
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Stream.of(REPLAYED, CONNECTED)
                            .flatMap(topics -> Stream.of(topics.demandObserved(), topics.demandDeadLetters()))
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1).configs(topic.config()))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stopServers() {
        registry.close();
        broker.close();
    }

    private int replay(String... arguments) throws Exception {
        Path config = Files.writeString(
                folder.resolve("vorrang.yaml"),
                "data: %s\nkafka: {port: %d}\nregistry: {port: %d}\ningest: {mode: external}"
                        .formatted(folder, broker.port(), registry.url().getPort()));
        return Main.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.concat(
                                Stream.of("replay", "demand", "--config", config.toString(), "--speed", "1e9"),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private List<DemandObservation> observed(Topics topics) {
        return TopicReader.all(broker.bootstrapServers(), registry.url().toString(), topics.demandObserved());
    }

    @Test
    void shouldSendWhatTheConnectorMakesOfTheFile() throws Exception {
        Path orders = Files.createDirectory(folder.resolve("orders"));
        Path file = Files.writeString(orders.resolve("orders.csv"), ORDERS);

        int code = replay(
                "--in",
                file.toString(),
                "--item",
                "article",
                "--time",
                "ordered at",
                "--quantity",
                "pieces",
                "--location",
                "shop",
                "--id",
                "line",
                "--known",
                "promotion",
                "--time-zone",
                "Europe/Berlin");

        assertThat(code).as(errors.toString()).isZero();
        assertThat(output.toString()).contains("4 order lines sent, 1 lines were none");
        assertThat(errors.toString()).contains("#4", "yesterday");
        assertThat(observed(REPLAYED))
                .containsExactlyElementsOf(connected(orders))
                .extracting(DemandObservation::getKind)
                .containsExactly(DemandKind.ORDER_LINE, DemandKind.ORDER_LINE, DemandKind.ORDER_LINE, DemandKind.PLAN);
    }

    /** But for the time of receipt, which a recording has none of. */
    private List<DemandObservation> connected(Path orders) {
        var settings = Map.of(
                "file.folder", orders.toString(),
                "payload.csv.machine", "article",
                "payload.csv.time", "ordered at",
                "payload.time.zone", "Europe/Berlin",
                "demand.quantity", "pieces",
                "demand.location", "shop",
                "demand.id", "line",
                "demand.known", "promotion");
        var source = new ConnectorSource("orders", "files", 1, new ClientProperties(settings));
        var client = Map.of("schema.registry.url", registry.url().toString());
        try (var worker = ConnectWorker.start(broker.bootstrapServers(), "offsets", Map.of(), topic -> {})) {
            worker.run(source.name(), DemandSources.config(source, CONNECTED, client));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> observed(CONNECTED).size() == 4);
        }
        return observed(CONNECTED).stream()
                .map(each ->
                        DemandObservation.newBuilder(each).setReceivedAt(null).build())
                .toList();
    }

    @Test
    void shouldReadTotalsFromDocuments() throws Exception {
        Path file = Files.writeString(folder.resolve("totals.jsonl"), """
                {"item": "relay", "day": "2024-03-01", "quantity": 12}
                {"item": "relay", "day": "2024-03-02", "quantity": 0}
                """);

        assertThat(replay("--in", file.toString(), "--item", "/item", "--time", "/day", "--totals"))
                .as(errors.toString())
                .isZero();

        assertThat(observed(REPLAYED))
                .extracting(DemandObservation::getKind, DemandObservation::getQuantity)
                .containsExactly(tuple(DemandKind.PERIOD_TOTAL, 12.0), tuple(DemandKind.PERIOD_TOTAL, 0.0));
    }
}
