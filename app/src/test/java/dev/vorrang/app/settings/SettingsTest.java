package dev.vorrang.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.app.streams.machine.MachineStreamSettings;
import dev.vorrang.app.streams.mail.MailStreamSettings;
import dev.vorrang.app.streams.mail.source.ImapConnector;
import dev.vorrang.app.streams.mail.source.Login;
import dev.vorrang.app.streams.mail.source.MailboxSettings;
import dev.vorrang.connectors.imap.ImapSourceConfig;
import dev.vorrang.schemas.Automatic;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.batch.TimeLimits;
import dev.vorrang.scoring.model.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class SettingsTest {

    private static final String MAILBOX = """
            ingest:
              mailboxes:
                - name: support
                  host: imap.example.org
                  user: anna
                  password: geheim
            """;

    @TempDir
    Path folder;

    @Test
    void shouldNeedNoMoreThanAMailbox() throws IOException {
        var settings = load(MAILBOX, Map.of());

        assertThat(settings.kafka().mode()).isEqualTo(Placement.EMBEDDED);
        assertThat(settings.kafka().port()).isEqualTo(9092);
        assertThat(settings.of(MailStreamSettings.SECTION).stream().guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE);
        assertThat(settings.of(MailStreamSettings.SECTION).model().options().explain())
                .isTrue();
        assertThat(settings.of(MailStreamSettings.SECTION).routes().names())
                .containsExactly("urgent", "automatic", "high", "normal", "unsorted");
        var mailbox = settings.ingest().of(MailboxSettings.SECTION).get(0);
        assertThat(mailbox.port()).isEqualTo(993);
        assertThat(mailbox.folders()).containsExactly("INBOX");
        assertThat(mailbox.pollInterval()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void shouldReadEverySection() throws IOException {
        var settings = load(MAILBOX + """
                          mode: external
                        kafka: {mode: external, bootstrap-servers: "a:9092,b:9092", properties: {security.protocol: SSL}}
                        registry:
                          mode: external
                          url: http://registry:8081
                          properties: {auto: {register: {schemas: false}}}
                        streams:
                          mail:
                            {guarantee: at_least_once, batch-size: 32, linger: 20ms, devices: ['gpu:1', cpu], gpu-memory: 0.5,
                             explain: false, routes: [], fallback-queue: people,
                             priority: {topics: {Stamps: 0.9, outage: 0.7}, automatic: {auto_reply: -1},
                                        vip-senders: Boss@Example.ORG}}
                        topics: {prefix: test., partitions: 2, replication: 3, create: false}
                        logging: {loggers: {org.apache.kafka: debug}}
                        """.replace("create: no", "create: false"), Map.of());

        assertThat(settings.ingest().mode()).isEqualTo(Placement.EXTERNAL);
        assertThat(settings.kafka().bootstrapServers()).hasValue("a:9092,b:9092");
        assertThat(settings.kafka().properties().values()).containsExactly(entry("security.protocol", "SSL"));
        assertThat(settings.registry().properties().values()).containsExactly(entry("auto.register.schemas", "false"));
        assertThat(settings.of(MailStreamSettings.SECTION).stream().batch().maxSize())
                .isEqualTo(32);
        assertThat(settings.of(MailStreamSettings.SECTION).stream().batch().linger())
                .isEqualTo(Duration.ofMillis(20));
        assertThat(settings.of(MailStreamSettings.SECTION).model().options().devices())
                .containsExactly(new Device(Device.Type.GPU, 1), new Device(Device.Type.CPU, 0));
        assertThat(settings.of(MailStreamSettings.SECTION).model().options().gpuMemory())
                .hasValue(0.5);
        assertThat(settings.of(MailStreamSettings.SECTION).model().options().explain())
                .isFalse();
        assertThat(settings.of(MailStreamSettings.SECTION).priority().topics())
                .containsEntry("stamps", 0.9)
                .containsEntry("outage", 0.7)
                .containsEntry("emergency", 0.95);
        assertThat(settings.of(MailStreamSettings.SECTION).priority().automatic())
                .containsEntry(Automatic.AUTO_REPLY, -1.0);
        assertThat(settings.of(MailStreamSettings.SECTION)
                        .priority()
                        .vipSenders()
                        .entries())
                .containsExactly("boss@example.org");
        assertThat(settings.of(MailStreamSettings.SECTION).routes().names()).containsExactly("people");
        assertThat(settings.topics().topics().mailReceived().name()).isEqualTo("test.mail.received");
        assertThat(settings.topics().creation().create()).isFalse();
        assertThat(settings.logging().loggers()).containsExactly(entry("org.apache.kafka", Level.DEBUG));
    }

    @Test
    void shouldLetVariablesWin() throws IOException {
        var settings = load(
                MAILBOX + "kafka:\n  port: 1\n  properties:\n    client.rack: a\n",
                Map.of(
                        "VORRANG_KAFKA_PORT", "19092",
                        "VORRANG_KAFKA_PROPERTIES_CLIENT_RACK", "b",
                        "VORRANG_KAFKA_PROPERTIES_CLIENT_ID", "c",
                        "VORRANG_INGEST_MAILBOXES_0__PASSWORD", "other",
                        "VORRANG_INGEST_MAILBOXES_0__FOLDERS", "INBOX, Archive",
                        "VORRANG_STREAMS_MAIL_PRIORITY_AUTOMATIC_AUTO_REPLY", "0.5",
                        "VORRANG_METRICS_PORT", "",
                        "KAFKA_PORT", "2"));

        assertThat(settings.kafka().port()).isEqualTo(19092);
        assertThat(settings.kafka().properties().values())
                .containsOnly(entry("client.rack", "b"), entry("client.id", "c"));
        var mailbox = settings.ingest().of(MailboxSettings.SECTION).get(0);
        assertThat(mailbox.login()).isEqualTo(new Login.Password(new Secret("other")));
        assertThat(mailbox.folders()).containsExactly("INBOX", "Archive");
        assertThat(settings.of(MailStreamSettings.SECTION).priority().automatic())
                .containsEntry(Automatic.AUTO_REPLY, 0.5);
        assertThat(settings.metrics().port()).isEqualTo(9404);
    }

    @Test
    void shouldReadVariablesAlone() {
        var settings = Settings.of(
                StreamKits.SETTINGS,
                Map.of(
                        "VORRANG_INGEST_MAILBOXES_0__NAME", "support",
                        "VORRANG_INGEST_MAILBOXES_0__HOST", "imap.example.org",
                        "VORRANG_INGEST_MAILBOXES_0__USER", "anna",
                        "VORRANG_INGEST_MAILBOXES_0__PASSWORD", "geheim",
                        "VORRANG_STREAMS_MAIL_ROUTES_0__QUEUE", "all",
                        "VORRANG_STREAMS_MAIL_ROUTES_0__WHEN", "true"));

        assertThat(settings.ingest().of(MailboxSettings.SECTION)).hasSize(1);
        assertThat(settings.of(MailStreamSettings.SECTION).routes().names()).containsExactly("all", "unsorted");
    }

    @Test
    void shouldNameAllProblemsAtOnce() {
        assertThat(problems("""
                        kafka:
                          mode: external
                          prot: 9092
                        registry: {mode: sometimes, port: 70000}
                        ingest:
                          mailboxes:
                            - {name: a, host: h, user: u, password: p, password-file: f}
                            - {name: a, host: h, user: u}
                        streams:
                          mail:
                            {linger: 5 minutes, threads: [1, 2], comit-interval: 1s, routes: {queue: x}, priority: {
                              thresholds: {high: 0.1},
                              vip-senders: [anna@, example.org],
                              rules: [
                                {name: r, when: vip, add: 2},
                                {when: vip, add: 0.1, set: 0.1}]}}
                        metrics: 9404
                        """, Map.of("VORRANG_TOPICS_PARTITIONS", "many")))
                .containsExactlyInAnyOrder(
                        "kafka.bootstrap-servers (vorrang.yaml line 2) is not set: kafka.mode is external; allowed is host:port, several with commas",
                        "kafka.prot (vorrang.yaml line 3): there is no such key; did you mean kafka.port?",
                        "registry.mode = 'sometimes' (vorrang.yaml line 4): allowed is one of embedded, external",
                        "registry.port = '70000' (vorrang.yaml line 4): allowed is a whole number from 0 (any free port) to 65535",
                        "ingest.mailboxes[0] (vorrang.yaml line 7): more than one way to log in; allowed is exactly one of password, password-file, oauth2",
                        "ingest.mailboxes[1] (vorrang.yaml line 8): no way to log in; allowed is exactly one of password, password-file, oauth2",
                        "streams.mail.linger = '5 minutes' (vorrang.yaml line 11): allowed is a time from 0ms to 60000ms, such as 250ms, 30s, 5m or 1h",
                        "streams.mail.threads[0] (vorrang.yaml line 11): streams.mail.threads takes a single value; allowed is a whole number from 1 to 128",
                        "streams.mail.threads[1] (vorrang.yaml line 11): streams.mail.threads takes a single value; allowed is a whole number from 1 to 128",
                        "streams.mail.comit-interval (vorrang.yaml line 11): there is no such key; did you mean streams.mail.commit-interval?",
                        "streams.mail.priority.thresholds (vorrang.yaml line 12): thresholds normal 0.25, high 0.1, urgent 0.75: allowed is 0 < normal < high < urgent <= 1",
                        "streams.mail.priority.vip-senders[0] = 'anna@' (vorrang.yaml line 13): allowed is an address (anna@example.org), a domain (example.org) or all domains below one (*.example.org)",
                        "streams.mail.priority.rules[0].add = '2' (vorrang.yaml line 15): allowed is a number from -1 to 1",
                        "streams.mail.priority.rules[1].name (vorrang.yaml line 16) is not set: each rule has a name; allowed is up to 100 characters",
                        "streams.mail.priority.rules[1] (vorrang.yaml line 16): allowed is either add or set, and one of them must be there",
                        "streams.mail.routes.queue (vorrang.yaml line 11): streams.mail.routes is a list; allowed are items that start with '-'",
                        "metrics (vorrang.yaml line 17): takes no single value, but enabled, address, port",
                        "topics.partitions = 'many' (variable VORRANG_TOPICS_PARTITIONS): allowed is a whole number from 1 to 10000");
    }

    @Test
    void shouldTellOfSlowBatchesBeforeKafkaDoes() throws IOException {
        var settings = load(MAILBOX, Map.of());
        assertThat(settings.of(MailStreamSettings.SECTION).stream().batch().limits())
                .isEqualTo(new TimeLimits(Duration.ofMillis(7_500), Duration.ofSeconds(150)));
        assertThat(settings.of(MachineStreamSettings.SECTION).stream().batch().limits())
                .isEqualTo(
                        settings.of(MailStreamSettings.SECTION).stream().batch().limits());

        var patient = load(
                MAILBOX
                        + "streams: {mail: {transaction-timeout: 15m}}\nkafka: {properties: {max.poll.interval.ms: 60000}}\n",
                Map.of());
        assertThat(patient.of(MailStreamSettings.SECTION).stream().batch().limits())
                .isEqualTo(new TimeLimits(Duration.ofSeconds(15), Duration.ofSeconds(30)));
    }

    @Test
    void shouldRefuseLimitsOfTimeThatKafkaWouldBeFasterThan() {
        assertThat(problems(MAILBOX + "streams: {mail: {slow-after: 20s, hung-after: 10s}}", Map.of()))
                .containsExactly(
                        "streams.mail.slow-after (vorrang.yaml line 7): allowed is less than streams.mail.transaction-timeout, PT15S",
                        "streams.mail.hung-after (vorrang.yaml line 7): allowed is more than streams.mail.slow-after, PT20S");
        assertThat(problems(
                        MAILBOX + "streams: {mail: {guarantee: at_least_once, slow-after: 20s, hung-after: 30s}}",
                        Map.of("VORRANG_KAFKA_PROPERTIES_MAIN_CONSUMER_MAX_POLL_INTERVAL_MS", "30000")))
                .containsExactly(
                        "streams.mail.hung-after (vorrang.yaml line 7): allowed is less than Kafka's max.poll.interval.ms, PT30S");
        assertThat(problems(MAILBOX + "kafka: {properties: {max.poll.interval.ms: often}}", Map.of()))
                .containsExactly(
                        "kafka.properties (vorrang.yaml line 7): max.poll.interval.ms often: allowed is a number of milliseconds");
    }

    @Test
    void shouldNamePlaceAndCauseOfAFaultyCondition() {
        assertThat(problems(MAILBOX + """
                                streams:
                                  mail:
                                    priority:
                                      rules: [{name: r, when: mail.subjekt == "x"}]
                                    routes:
                                      - {queue: Technik, when: "true"}
                                      - {queue: technik, when: topic == "x"}
                                """, Map.of()))
                .satisfiesExactly(
                        effect -> assertThat(effect)
                                .startsWith(
                                        "streams.mail.priority.rules[0] (vorrang.yaml line 10): allowed is either add or set"),
                        rule -> assertThat(rule)
                                .startsWith(
                                        "streams.mail.priority.rules[0].when (vorrang.yaml line 10): rule 'r': 'mail.subjekt == \"x\"'"
                                                + " line 1, column 5: undefined field 'subjekt'")
                                .contains(
                                        "allowed is a CEL expression that is true or false, over abstained, language, mail"),
                        queue -> assertThat(queue)
                                .isEqualTo(
                                        "streams.mail.routes[0].queue = 'Technik' (vorrang.yaml line 12): allowed is up to 100 of a-z,"
                                                + " 0-9, '_' and '-', the first a letter or digit"),
                        route -> assertThat(route)
                                .startsWith(
                                        "streams.mail.routes[1].when (vorrang.yaml line 13): route 'technik': 'topic == \"x\"' line 1,"
                                                + " column 1: undeclared reference to 'topic'"));
    }

    @Test
    void shouldShowNoSecret() throws IOException {
        var file = Files.writeString(folder.resolve("kafka.properties"), "sasl.jaas.config=geheim\nclient.id=x");
        var settings = load(
                MAILBOX
                        + "    - {name: b, host: h, user: u, oauth2: {token-endpoint: 'https://t/', client-id: c,"
                        + " client-secret: geheim, refresh-token: geheim}}\n"
                        + "registry: {properties: {basic.auth.user.info: 'u:geheim'}}\n"
                        + "kafka: {properties-file: " + file + "}\n",
                Map.of());

        assertThat(settings.kafka().properties().values()).containsEntry("sasl.jaas.config", "geheim");
        assertThat(settings.toString()).contains("client.id=x", "***").doesNotContain("geheim");
        assertThat(problems(MAILBOX + "registry: {properties: {ssl.key.password: [geheim]}}", Map.of()))
                .noneMatch(problem -> problem.contains("geheim"));
    }

    @Test
    void shouldNotTakeAKeyForANameUnderAnother() throws IOException {
        var file = Files.writeString(folder.resolve("kafka.properties"), "client.id=x");

        var settings = load(MAILBOX, Map.of("VORRANG_KAFKA_PROPERTIES_FILE", file.toString()));

        assertThat(settings.kafka().properties().values()).containsExactly(entry("client.id", "x"));
    }

    @Test
    void shouldTakeSecretsFromFiles() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "geheim\n");
        var settings = load(
                MAILBOX.replace("password: geheim", "password-file: " + secret)
                        + "    - {name: b, host: h, user: u, oauth2: {token-endpoint: 'https://t/', client-id: c,"
                        + " refresh-token-file: " + secret + "}}\n",
                Map.of());

        assertThat(settings.ingest().of(MailboxSettings.SECTION))
                .extracting(MailboxSettings::login)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Login.PasswordFile(secret)),
                        second -> assertThat(((Login.OAuth2) second).refreshToken())
                                .hasValue(new Secret("geheim")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password-file: /none | password-file (vorrang.yaml line 6): '/none' cannot be read",
                "oauth2: {client-id: c} | oauth2 (vorrang.yaml line 6): nothing to prove who this is",
                "oauth2: {token-endpoint: 'http://t.example/', client-id: c, client-secret: s} | allowed is an https URL"
            })
    void shouldRefuseLoginsThatCannotWork(String login, String problem) {
        assertThat(problems(MAILBOX.replace("password: geheim", login), Map.of()))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void shouldMakeSettingsThatTheConnectorTakes() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "geheim");
        var settings = load(
                MAILBOX
                        + "    - {name: b, host: h, user: u, security: starttls, folders: [INBOX, A/B], start: 2026-01-31,"
                        + " poll-interval: 30s, idle: false, password-file: " + secret + "}\n"
                        + "    - {name: c, host: h, user: u, oauth2: {token-endpoint: 'https://t/', client-id: c, scope: s,"
                        + " client-secret: geheim, refresh-token: geheim}}\n",
                Map.of());

        assertThat(settings.ingest().of(MailboxSettings.SECTION))
                .allSatisfy(
                        mailbox -> new ImapSourceConfig(ImapConnector.config(mailbox, "x.mail.received", Map.of())));
        assertThat(ImapConnector.config(
                        settings.ingest().of(MailboxSettings.SECTION).get(1), "x.mail.received", Map.of()))
                .contains(
                        entry("imap.port", "143"),
                        entry("imap.security", "starttls"),
                        entry("folders", "INBOX,A/B"),
                        entry("start", "2026-01-31"),
                        entry("poll.interval.ms", "30000"),
                        entry("topic", "x.mail.received"));
    }

    @Test
    void shouldKnowWhichVariablesSetNothing() {
        var unknown = new UnknownKeys(Settings.keys(StreamKits.SETTINGS));

        assertThat(unknown.in(Map.of(
                        "VORRANG_KAFKA_PRT", "1",
                        "VORRANG_KAFKA_PORT", "1",
                        "VORRANG_INGEST_MAILBOXES_12__OAUTH2_CLIENT_ID", "x",
                        "VORRANG_INGEST_MAILBOXES_0__FOLDERS_1_", "x",
                        "VORRANG_INGEST_MAILBOXES_0__FOLDERS", "x",
                        "VORRANG_STREAMS_MAIL_PRIORITY_TOPICS_OUTAGE", "1",
                        "VORRANG_STREAMS_MAIL_FALLBACK_QUEUE", "x",
                        "PATH", "x")))
                .containsExactly("variable VORRANG_KAFKA_PRT sets nothing; did you mean VORRANG_KAFKA_PORT?");
    }

    private Settings load(String yaml, Map<String, String> environment) throws IOException {
        return Settings.load(
                StreamKits.SETTINGS,
                Files.write(folder.resolve("vorrang.yaml"), yaml.getBytes(StandardCharsets.UTF_8)),
                environment);
    }

    private List<String> problems(String yaml, Map<String, String> environment) {
        try {
            load(yaml, environment);
        } catch (SettingsException e) {
            assertThat(e.getMessage().lines()).hasSize(e.problems().size() + 1);
            // The folder's name is by chance.
            return e.problems().stream()
                    .map(problem -> problem.replace(folder + "/", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of();
    }
}
