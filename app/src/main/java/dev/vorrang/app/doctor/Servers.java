package dev.vorrang.app.doctor;

import dev.vorrang.app.program.ListeningPort;
import dev.vorrang.app.settings.MailboxSettings;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.ImapConnector;
import dev.vorrang.connectors.imap.ImapSourceConfig;
import dev.vorrang.ingest.imap.FolderHistory;
import dev.vorrang.ingest.imap.MailboxReader;
import dev.vorrang.ingest.imap.MailboxRefusedException;
import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.StartAt;
import dev.vorrang.ingest.mail.DecoderLimits;
import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** Tries the servers and folders that the settings name, without changing any of them. */
final class Servers {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Settings settings;

    Servers(Settings settings) {
        this.settings = settings;
    }

    Check dataFolder() {
        var folder = settings.data().toAbsolutePath();
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Check.bad("data", existing + " cannot be written", "set data to a folder that this user can write");
        }
        return Check.good("data", folder + ", " + (existing.toFile().getUsableSpace() >> 30) + " GiB free");
    }

    Check broker() {
        var kafka = settings.kafka();
        if (kafka.mode() == Placement.EMBEDDED) {
            return listener("broker", "127.0.0.1", kafka.port(), "kafka.port");
        }
        var servers = kafka.bootstrapServers().orElseThrow();
        var client = new HashMap<String, Object>(kafka.properties().values());
        client.put("bootstrap.servers", servers);
        client.put("default.api.timeout.ms", Long.toString(LIMIT.toMillis()));
        client.put("request.timeout.ms", Long.toString(LIMIT.toMillis()));
        try (var admin = Admin.create(client)) {
            int nodes = admin.describeCluster().nodes().get().size();
            return Check.good("broker", servers + " answers, " + nodes + " nodes");
        } catch (ExecutionException | KafkaException e) {
            return Check.bad(
                    "broker",
                    servers + " gives no answer: " + e.getMessage(),
                    "is kafka.bootstrap-servers right, and does kafka.properties have what its security asks for?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.bad("broker", "interrupted", "run it again");
        }
    }

    Check registry() {
        var registry = settings.registry();
        if (registry.mode() == Placement.EMBEDDED) {
            return listener("registry", registry.address(), registry.port(), "registry.port");
        }
        var url = registry.url().orElseThrow();
        var client = new HashMap<>(registry.properties().values());
        client.put("schema.registry.url", url.toString());
        try (var connection = ConfluentSchemaRegistry.connect(client)) {
            return Check.good(
                    "registry", url + " answers, " + connection.subjects().size() + " subjects");
        } catch (RegistryUnavailableException | IllegalArgumentException e) {
            return Check.bad("registry", e.getMessage(), "check registry.url and registry.properties");
        }
    }

    Check mailbox(MailboxSettings mailbox) {
        var where = mailbox.name() + " (" + mailbox.user() + " at " + mailbox.host() + ":" + mailbox.port() + ")";
        try {
            var config = new ImapSourceConfig(ImapConnector.config(mailbox, "none", Map.of()));
            var folders = new HashMap<String, FolderHistory>();
            config.folders().forEach(folder -> folders.put(folder, FolderHistory.none()));
            var plan = new ReadingPlan(
                    new StartAt.New(), 1, 1 << 20, 1 << 20, false, Duration.ofMinutes(1), Duration.ofSeconds(5));
            var decoder = new MailDecoder(DecoderLimits.defaults(), Clock.systemUTC());
            try (var reader = MailboxReader.start(config.account(), plan, folders, decoder, Clock.systemUTC())) {
                return reader.take(1, LIMIT).isEmpty()
                        ? Check.bad(
                                "mailbox",
                                where + " gives no answer within " + LIMIT.toSeconds() + " s",
                                "check host, port and security of the mailbox, and the network")
                        : Check.good("mailbox", where + " can be read");
            }
        } catch (MailboxRefusedException | ConfigException e) {
            return Check.bad("mailbox", where + ": " + e.getMessage(), "check user, login and folders of the mailbox");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.bad("mailbox", "interrupted", "run it again");
        }
    }

    /** Where a server of this program's own will listen. */
    private static Check listener(String what, String host, int port, String key) {
        return new ListeningPort(key, host, port)
                .problem()
                .map(problem -> Check.bad(what, "embedded, but " + problem.finding(), problem.advice()))
                .orElse(Check.good(what, "embedded, port " + port + " of " + host + " is free"));
    }
}
